"""The admin and the site as people use them: in a real Chromium, with real processes behind."""
