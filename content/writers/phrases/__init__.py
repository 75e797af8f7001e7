"""The phrases of the template writer: each module holds slots, each slot its phrases and the condition they need."""
