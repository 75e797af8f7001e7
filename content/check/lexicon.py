"""Words and phrases that claim something, by what they claim; the others are neutral, or not checkable."""

CLAIMS: dict[str, str] = {
    # the result
    "win": "won|win|wins|winning|prevailed|prevails|prevail|triumphed|victorious|came out on top|comes out on top|"
    "took the match|took the win|held their nerve|hold their nerve|settled it|took it|emerged as winners|"
    "went through|got home|took the derby|took the tie|took the game|lift the cup|lifts the cup|lifted the cup|"
    "lift the trophy|lifts the trophy|lifted the trophy",
    "win noun": "victory|victories|triumph|winner|winners|victors|victor|success",
    "beat": "beat|beats|beating|overcame|overcome|overcomes|saw off|sees off|see off|got the better of|got past|"
    "edged past|edged out|edged|edges|edge past|edge|too strong for|too good for|outscored|defeated|defeating|"
    "defeats|put out|knocked out|too much for",
    "beaten": "beaten|was defeated|were defeated|been defeated|outdone|was overcome|were overcome",
    "lose": "lost|lose|loses|losing|went down|goes down|go down|going down|succumbed|came up short|fell short",
    "loss": "defeat|loss|losers|loser|losing side|beaten side",
    "draw": "drew|draw|draws|drawn|drawing|stalemate|honours even|honors even|shared the spoils|shared the points|"
    "share the spoils|share the points|dead heat|had no winner|no winner|without a winner|could not be separated|"
    "could be separated|nothing to separate|nothing separated|nothing between",
    "level": "level|levels|all square|on level terms|tied|tie|ties|equal|parity|even|neck and neck|inseparable",
    "led": "led|leads|lead|leading|ahead|in front|advantage|in the lead|on top|out in front|take the lead|"
    "takes the lead",
    "trailed": "fell behind|falling behind|went behind|fell a goal behind|trailed|trails|trail|trailing|behind|"
    "adrift|deficit|in arrears",
    "comeback": "came from behind|come from behind|coming from behind|comes from behind|comeback|comebacks|came back|"
    "come back|coming back|turned the match round|turned the match around|turned it round|turned it around|"
    "turned things round|turned things around|turn the match round|turn it around|turned the game round|"
    "turned the game around|fought back|fightback|fight back|turnaround|turnround|recovered|rallied|hit back|"
    "from behind|overturned|overturning|overturn",
    "equalised": "equalised|equalized|equalise|equalises|equaliser|equalizer|equalisers|equalising|levelled|leveled|"
    "drew level|pulled level|brought the scores level|made it level|levels it|levelling|squared",
    "scored first": "scored first|opened the scoring|opening the scoring|opens the scoring|open the scoring|"
    "broke the deadlock|breaks the deadlock|break the deadlock|breaking the deadlock|struck first|strike first|"
    "opening goal|opener|first goal|first to score|got the first|first blood|scoring began|scoring was opened|"
    "opened the score|first on the scoresheet",
    "took lead": "took the lead|taking the lead|went ahead|went in front|going ahead|go ahead|put ahead|takes a lead|"
    "goes ahead|put them ahead|put them in front|puts them ahead|go in front",
    "conceded first": "first to concede|conceded first",
    "late": "late|closing minutes|very end|dying minutes|final minutes|last minutes|last gasp|at the death|lateness|"
    "closing stages",
    "early": "early|early on|opening minutes|first minutes|quick|quickly",
    "decisive": "decisive|winning goal|winner of the match|deciding goal|decided|decider|deciding|settled|decides|"
    "made the difference|match winner|matchwinner",
    "clean": "clean sheet|clean sheets|conceded nothing|shut out|shutout|conceded no goal|concede a goal|"
    "conceded a goal|conceding a goal|without conceding|concede nothing|concede",
    "conceded": "conceded|concedes|conceding|let in",
    "scored": "scored|scores for|score for|struck|strikes|strike|found the net|find the net|netted|nets|on target|"
    "scoring|on the scoresheet|among the scorers|scorer|scorers|goalscorer|goalscorers|put them ahead|got their goal|"
    "found the target|struck for|fired",
    "no goal": "did not score|failed to score|drew a blank|could not score|not score|stayed without a goal|"
    "without a goal|without scoring|not find the net|never scored",
    "narrow": "narrow|narrowly|slender|slim|by the odd goal|tight|close",
    "wide": "clear|clearly|comfortable|comfortably|emphatic|big win|heavy|heavily|rout|thrashed|thrashing|hammered",
    "upset": "upset|upsets|shock|surprise|surprised|surprising|against the field|against the odds|unexpected|"
    "confounded|wrong-footed|caught out",
    "derby": "derby|derbies|rivals|rivalry|old rivals|local rivals",
    "goalless": "goalless|scoreless|without goals|no goals|nil-nil|nil nil",
    "hat-trick": "hat-trick|hat trick|hattrick|hat-tricks|treble",
    "brace": "brace|double",
    "feast": "goal feast|feast of goals|goals galore|glut of goals",
    "penalty": "pen|penalty|spot-kick|spot kick|from the spot|penalty spot|penalty kick",
    "own goal": "og|own goal|own goals|own net",
    "awarded": "awarded|forfeited|forfeit",
    # when
    "half-time": "half-time|half time|halftime|the break|the interval|interval|break|went in|at the turn|"
    "at the pause|first half ended|end of the first half|ht",
    "first half": "first half|first-half|opening half|opening 45 minutes|first 45 minutes",
    "second half": "second half|second-half|after the restart|restart",
    "extra time": "aet|extra time|extra-time|additional half-hour",
    "shootout": "pens|on pens|shoot-out|shoot out|shootout|penalty shoot-out|penalty shootout|penalty shoot out|"
    "on penalties|penalties|penalty kicks|from twelve yards",
    "stoppage": "stoppage time|stoppage-time|added time|injury time",
    "full time": "90 minutes|ninety minutes|regular time|normal time|regulation time|regulation|full-time|full time|"
    "end of play|final whistle|ft",
    # predictions
    "exact": "exact|exactly|spot on|spot-on|to the goal|to the letter|bullseye|on the nose|precise|precisely|perfect|"
    "perfectly|full marks|full house|on the button|dead right|bang on|nailed",
    "outcome": "outcome|outcomes|tendency|tendencies|right|correct|correctly|rightly|saw it coming|saw it|foresaw|"
    "called it|seen it coming|see it coming|saw this coming|saw that coming|seen coming|saw the draw coming|had it|"
    "read it|true|came true|on the money|on the mark|accurate|accurately|got it|saw the win coming|foreseen|foretold|"
    "had that|had this",
    "difference": "goal difference|difference|goal differences|differences|right margin|correct margin|winning margin",
    "wrong": "wrong|wrongly|missed|misses|miss|missing|incorrect|incorrectly|mistaken|off the mark|astray|erred|"
    "false|on the wrong side|got it wrong|misjudged|misread|misses out|inaccurate|in error",
    "nothing": "nothing|empty-handed|empty handed|no points|no point|without a point|pointless|not a point|"
    "not a single point|without points|a blank|blank|nought|no reward|not one point|failed to score a point|"
    "not a single",
    "tip": "as the winner|as winners|as the winners|tipped|tip|tips|tipping|predicted|predicts|predict|predicting|"
    "forecast|forecasts|forecasting|said|saying|say|says|picked|pick|picks|picking|backed|backs|backing|went for|"
    "gone for|going for|goes for|go for|opted for|opted|opting|chose|chosen|choose|choosing|choice|choices|called|"
    "calls|calling|named|naming|expected|expecting|expects|expect|favoured|favored|favouring|favour|plumped for|"
    "sided with|siding with|put their faith in|believed in|settled on|guessed|guess|guesses|guessing|voted for|voted|"
    "votes|vote|anticipated|envisaged|prophesied|stood by|agreed on|agreed|agree|leaned|leant|leaning|came down for|"
    "fancied|trusted|bet on|pointed to|entered|submitted|had predicted|prophecy",
    "late tip": "too late|late predictions|late prediction|late tips|late tip|after kickoff|after the kickoff|"
    "after kick-off|submitted late",
    "void": "void|voided|withdrawn|declared void",
    "unverified": "unverified|without a time|not verified",
    "missing tip": "without a tip|without a prediction|did not predict|sat out|abstained|absent",
    "no more": "outcome only|only the outcome|difference only|only the difference|only the right outcome|"
    "outcome alone|and no more|no more|nothing more|nothing else|and that was all",
    "modal": "scoreline tipped most|tipped most|most often|most common|commonest|most popular|most-tipped|"
    "most tipped|most frequent|most frequently|favourite scoreline|favourite score|favourite|"
    "more than on any other scoreline|more than any other scoreline|more often than any other|modal|most chosen",
    "together": "together|in all|in total|altogether|all told|combined|between them|overall|collectively|as a whole",
    "most": "most|highest|best|biggest|maximum|largest|top score|greatest|best haul|best return|top mark",
    "least": "lowest|fewest|smallest|least|worst|minimum|poorest",
    "worth": "worth|quota|quotas|paid|pays|pay|paying|valued|value|price|priced|fetched|yielded|yields",
    "bonus": "bonus|bonuses|adds|add|added|extra|on top|additional",
    "rule": "rule|rules|limit|limited|cap|capped|formula|raised",
    # tables
    "leader": "leader|leaders|first place|top of the table|top spot|top place|table-topper|table topper|summit|"
    "top of the standings|lead the table|leads the table|leading the table|pole position|lead of the table|the lead|"
    "number one|place at the top|at the top|at the head|heads|head of the table|top",
    "takes lead": "takes over the lead|took over the lead|takes first place|took first place|new leader|new leaders|"
    "takes the top spot|took the top spot|goes top|went top|moves top|moved top|moves to the top|climbs to the top|"
    "rises to the top|takes over at the top|takes over|took over|displaces|displaced|replaces|replaced|"
    "moves into first|moves into the lead|goes to the top|move to the top|change at the top|change of leader|"
    "dethrones|dethroned|hits the front|takes the lead from|go top|take first place|take over|new name at the top|"
    "knocks|ousts|ousted",
    "stays": "stays ahead of|remains ahead of|still leads|still lead|stays top|stay top|stays in front|"
    "remains in front|keeps first place|stays first|remains first|remains top|keeps the lead|holds the lead|"
    "stays ahead|still first|still on top|remains on top|holds on to first place|holds on to the lead|"
    "keeps its place at the top|stays on top|remains the leader|stays the leader|still the leader|still top|"
    "keep first place|holds first place|remain top|stay in front|remains at the top|stays at the top|still in front|"
    "keep the lead|defends first place|defends the lead|still heads|keeps top spot|holds top spot|continues to lead",
    "shares": "shares the lead|share the lead|shares first place|share first place|shared lead|share top spot|"
    "shares top spot|level at the top|joint leaders|joint leader|joint first|tied for first|tied at the top|"
    "sharing the lead|sharing first place|shared first place|tie for first|tie at the top|lead together|"
    "share the top spot|shares the top spot|first equal|tied for the lead|side by side at the top|share of the lead|"
    "share of first place|share top place",
    "alone": "alone|only|sole|solely|lone|single-handedly|on its own|by itself|outright|exclusively|nobody else|"
    "no one else|no other model|no other|lonely|unaccompanied|unique|uniquely|nobody but|none but|no-one else|"
    "no model but|just one|solitary",
    "last": "last|bottom|last place|rear|foot of the table|bottom of the table|tail|end of the table|wooden spoon",
    "rose": "biggest climb|biggest rise|rose|rises|rise|rising|climbed|climbs|climb|climbing|moved up|moves up|"
    "move up|moving up|gained|gains|gain|jumped|jumps|jump|leapt|leaps|went up|goes up|advanced|advances|improved|"
    "improves|ascended|moves upward|worked its way up",
    "fell": "biggest fall|biggest drop|fell|falls|fall|falling|fallen|dropped|drops|drop|dropping|slipped|slips|slip|"
    "slipping|slid|slides|sank|sinks|moved down|moves down|move down|moving down|slumped|tumbled|tumbles|plummeted|"
    "descended|lost ground|declined|slumps|plunged",
    "furthest": "furthest|farthest|as far|as many places|biggest climb|biggest fall|biggest drop|biggest rise|"
    "the most places|further than|farther than|more places than",
    "moved": "changed its rank|changed its place|changed places|changed place|changed rank|changed ranks|"
    "changes place|changes rank|moved in the table|changed position|changed positions|moved",
    "stayed": "unchanged|stayed where|kept its rank|no change|did not move|holds its place|kept its place|"
    "kept their places|every rank|as it was|as it did|as before|as they were|stays put|stayed put|stay put|"
    "standstill|no movement",
    "debut": "debut|debuts|for the first time in the table|in the table for the first time|first counted prediction|"
    "newcomer|newcomers|new to the table|new in the table|first appearance|joins the table|enters the table|"
    "first prediction|enter the table|join the table|joined the table|entered the table|makes its first appearance",
    "streak": "streak|streaks|run|runs|series|sequence|unbroken|spell",
    "in a row": "in a row|running|on the trot|consecutive|consecutively|straight|successive|in succession|on end|"
    "back to back",
    "ended": "ended|ends|end|over|came to an end|comes to an end|broken|snapped|stopped|halted|finished|broke|breaks|"
    "cut short|came to a close|gone|stops|comes to a halt|came to a halt|put an end",
    "again": "again|once more|once again|yet again|repeated|repeats|repeat|second time running|for the second time|"
    "further|as in the match before",
    "first time": "for the first time|first time|never before|at last|finally|first of the season",
    "first exact": "first exact score|first exact|first exact scoreline|first exact tip|first exact prediction",
    "unknown": "expected goals|xg",
    "drought": "predictions without|prediction without|tips without|waiting|drought|after a wait",
    "best round": "best round|best matchday",
    "worst round": "worst round|worst matchday",
    "record": "record|season best|season-best|season's best|season high|season-high|new high|best of the season|"
    "of the season so far|of the season|of this season|this season so far|all season|of the year|ever",
    "unanimous": "unanimous|unanimously|without exception|to a model|as one|one voice|consensus|united|in unison|"
    "spoke with one voice|in agreement|of one mind|of one opinion",
    "split": "split|splits|divided|undecided|disagreed|torn",
    "gap": "gap|margin|cushion|clear of|points clear|by which|separate|separated|separates|separating|distance|"
    "ahead of|lead of|leads by|lead over",
    "above": "stays ahead of|stay ahead of|remains ahead of|above|ahead of|better than|higher than|clear of|"
    "in front of|more than",
    "overtook": "overtakes|overtook|overtaken|overtaking|passes|passed|leapfrogs|leapfrogged",
    "below": "below|behind|worse than|lower than|less than|fewer than",
    "level with": "draws level with|drew level with|draw level with|draws level|level with|equal with|alongside|"
    "tied with|on the same|even with|same",
    "than": "than",
    "before": "before|previously|earlier|prior|until now|beforehand|previous|up to now",
    "after": "after|now|following|since|afterwards",
    "not": "not|never|neither|nor|without|no longer|hardly|n't|didn't|did not|was not|wasn't|failed to|could not|"
    "couldn't|nowhere|isn't|weren't|cannot|can't|don't|doesn't|unable|fails to|fail to|short of|denied|refused|"
    "avoided",
    "correction": "corrected|correction|corrections|was put right|put right",
    "goes on": "goes on|continues|is alive|lives on|keeps going|lasts|intact|extends|extended|goes on and on",
    "last goal": "last goal|final goal",
}  # fmt: skip
"""Phrases by tag; a phrase can have several. Those of several words are read as one."""
