"""Words that claim nothing. What is neither here nor in the lexicon, no number and no name, is not checkable."""

from content.check.groups import PREPOSITIONS
from content.check.lexicon import CLAIMS
from content.check.numbers import DAYS, MONTHS
from content.check.quants import ADJECTIVES, ALL, COMPARE, MODEL_NOUNS, NOBODY, SKIPPED, SOME, UNITS
from content.check.sentence import JOINTS, PRONOUNS
from content.check.wordlist import words

FUNCTION = """
a about above accordingly across after afterwards again against ain't alike all almost along already also although
always am amid among amongst an and another any anywhere apart are aren't around as aside at away back be because been
before behind being below beneath beside besides between beyond both but by can can't close could couldn't d did
didn't do does doesn't doing don't done down during each earlier eg either else elsewhere enough entire etc even ever
every everybody's everywhere except far few first for former from ft furthermore gmt had hadn't half has hasn't have
haven't having he he'd hence her here here's hers him his how however ht i i'd ie if in indeed instead into is isn't
it it'd it's its itself just largely last later latter least less let let's lets like likewise ll m mainly many may
maybe me meanwhile merely might mine more moreover most mostly much must my namely near nearly neither nevertheless
next no nobody nobody's none nonetheless nor not nothing now nowhere of off okay on once one ones only onto or other
others otherwise our out over own partly per perhaps plus quite rather re really respectively rest s said same say
says second several shall she should similarly simply since so some somewhere soon still such t than that that'd
that's the their theirs them themselves then there there'd there's thereafter therefore these they they'd they're
they've this those though through throughout thus till to today together too toward towards twice under unless until
up us utc v versus very via vs was wasn't we we'd well were weren't what what's whatever when whenever where whereas
wherever whether which while who who'd who's whoever whole whom whose why will with within without won't would
wouldn't yes yet you your
"""

VERBS = """
add added adding adds agree agreed allow allowed allows amount amounted amounts answer answered answers appear
appeared appears applied applies apply average averaged averages averaging back bag bagged bags bank banked banks bear
bears became become becomes becoming began begin beginning begins begun belong belonged belongs book booked bore borne
break bring bringing brings brought build builds built call called calls came carried carries carry cause change
changed changes changing claim claimed claims clinch clinched close closed closes closing collect collected collecting
collects come comes coming compare compared compares complete completed completes completing concern concerned
concerns confirm confirmed confirms consider considered contain contained contains continue continued continues
convert converted converts cost costs count counted counting counts cover covered covering covers credit credited
crown crowned cut cuts decide decided decides decrease decreased decreases deliver delivered delivers depend depended
depends differ differed differs disagree disagreed divide divided double doubled doubles draw earn earned earning
earns ease eased edge end ended ending ends enter entered enters equal equalled equals explain explained explains
extend extended extending extends face faced faces facing fall feature featured features figure figured figures find
finding finds finish finished finishes finishing fit fits fitted follow followed following follows found gave get gets
getting give given gives giving go goes going gone got gotten grab grabbed grabs grew grow growing grown grows halve
halved happen happened happening happens hat hear heard held hit hits hitting hold holding holds include included
includes including increase increased increases join joined joining joins keep keeping keeps kept kick kicked kicks
knew know knowing known knows land landed landing lands last lasted lasting lasts lay lead leave leaves leaving left
let level lie lies lift lifted lifts limit limited limits list listed lists look looked looking looks lying made make
makes making manage managed manages mark marked marks match matched matches matching matter mattered matters mean
meaning means meant meet meeting meets met miss move moved moves moving multiply name named names narrow narrowed
narrows need needed needing needs notch notched note noted notes occur occurred occurs off offer offered offers open
opened opening opens owe owed owes pass passed passes passing pick picked picking picks place placed places placing
play played playing plays pocket pocketed pockets point pointed points prevail produce produced produces prolong
prolonged prove proved proven proves provide provided provides proving pull pulled pulls push pushed pushes put puts
putting raise raised raises ran range ranged ranges rank ranked ranking ranks rate rated rates reach reached reaches
reaching read reading reads receive received receives receiving record recorded records register registered registers
relied rely remain remained remaining remains replied replies reply respond responded responds restore restored
restores result resulted resulting results return returned returns reward rewarded rewarding rewards round rounded
rounds run runs sat save saw score scored scores scoring seal sealed seals secure secured secures see seeing seem
seemed seems seen sees send sends sent separate separated separates separating set sets setting settle settled settles
settling share shared shares sharing show showed showing shown shows shrank shrink shrinking shrinks shrunk sign
signed sit sits sitting slot slots slotted sort sorts speak speaks split spoil spoils spoke spoken spread spreads
stack stand standing stands start started starting starts stay stayed staying stays stood stop stopped stops stretch
stretched stretches strike suffice sufficed suffices sum summed sums swap swapped swaps take taken takes taking
tallied tally tell telling tells think thinks thought told took total totalled totals trade traded trail tried tries
trim trimmed trims try trying turn turned turning turns use used uses using wait waited waiting waits want wanted
wants weigh weighed went widen widened widens work worked working works wrap wrapped write writes written wrote
"""

NOUNS = """
account accounts advantage afternoon afternoon's answer answers arithmetic attempt attempts average averages away
balance basis beginning beneficiary bill bonus bonuses book books bottom break bulk camp case cases cent cents
championship chance chances change changes chaser chasers choice climb club clubs column comeback company competition
competitions consensus consolation contender contenders contest count counts couple course cup cushion date dates day
day's days decimal defeat defeats deficit difference differences distance division double dozen draw draws drop effect
effort efforts eight eleven encounter end entries entry equaliser evening evening's exact fact facts fall field
field's figure figures final finals finish fixture fixtures follower followers foot forecast forecaster forecasters
forecasts fraction front game games gap gaps goal goals goals' ground group groups half halves handful haul hauls head
headline history hit hits holder holders home host hosts hour hours hundredth hundredths interval jump keeper kick
kick-off kickoff kicks kind kinds knock-out knockout ladder last lead leader's leads league leap least leg legs level
leveller levels line lines list lists log look loss losses lot lots majority man margin margins match match's matchday
matchdays matches maximum meeting men middle minimum minority minute minutes miss misses model model's models models'
morning most move movement moves name names nation nations neighbour neighbours news night notch notches note notes
number numbers occasion one ones opener opening opinion opponent opponents opposition option options order outcome
outcomes pack pair part parties parts party penalties penalty per percent percentage person piece pitch place places
play-off player players point points position positions predecessor prediction predictions price prize proportion
pursuer pursuers quarter quarter-final quarter-finals quartet question questions quota quotas rank ranking rankings
ranks rear reason reasons record records regulation reply report reports response result results return returns reward
rewards rise rival rivals round round-of-16 rounds roundup row rule rules run rung rungs runs score scoreline
scorelines scorer scorer's scorers scores scoring season season's seasons semi-final semi-finals sense sequence series
share shares sheet shoot-out side sides sign sixteen slide sort sorts split split-up spot spots stadium stage stages
standings start step steps stoppage stories story streak streaks strike striker successor sum summary sums table
table's tables tail tallies tally team team's teams tendency thing things third three tick ticks tie time tip tips
tipster today top total totals tournament trio turn turnaround turns two type unit units value venue verdict victories
victory view views visitor visitors way ways whistle whole win winner winner's wins word words worth year years
"""

ADJECTIVAL = """
able additional aet ahead alive alone altogether another anybody anyone apart apiece approximately away bad behind
best better big bigger biggest bottom-placed busy certain clear clearly clock close closed collective combined common
commonest complete completely consecutive correct correctly counted counting current currently decisive deep despite
different directly double earlier early elsewhere empty entire entirely equal equally even evenly eventually exact
exactly extra false familiar farthest favoured favourite final finally firmly first-half first-placed five-goal
following former four-goal frequent frequently full fully further furthest goal-rich good great greater greatest
half-time halfway high higher highest home immediately incorrect individual initially intact joint jointly large
larger largest last-placed late lately later latest latter lean least level likely little lone long longer longest low
lower lowest main mid midway modest named-first narrowly near need needed new newest next normal odd often og old
older oldest one-goal ongoing only open opening originally other outright overall partial past pen pens plain popular
possible precisely preferable preferred present previous previously purely quiet rare rarely recent recently regular
rich richer richest right rightly roughly running safely same second-half second-placed seldom separate settled short
shorter shortest similar simple single singly six-goal slim small smaller smallest sole solely somebody someone
sometimes sparse straight straightforward successive sure third-placed three-goal tight tipped together top-placed
total true two-goal twofold ultimately unaltered unbeaten unbroken unchanged uncounted unmoved unverified usual
usually valid void whole wholly worse worst wrong wrongly
"""

BLOCKED = words(
    "possession shots shot corners corner crowd attendance injury injured injuries red yellow card cards referee "
    "weather rain sunny fans supporters coach manager trainer captain bench substitute substitution var video "
    "offside foul fouls header headed cross crossbar post woodwork volley deflected curled dominant dominated "
    "deserved stunning dramatic thrilling brilliant fast turbo mini nano pro ultra large-scale"
)

ABBREVIATIONS = frozenset({"utc", "gmt", "ht", "ft", "ai"})

NEUTRAL = frozenset(" ".join((FUNCTION, VERBS, NOUNS, ADJECTIVAL)).split()) - BLOCKED
CLAIMED = frozenset(word for phrases in CLAIMS.values() for phrase in phrases.split("|") for word in phrase.split(" "))
KNOWN = (
    NEUTRAL
    | CLAIMED
    | frozenset(DAYS)
    | frozenset(MONTHS)
    | frozenset(word for text in UNITS for word in text.split())
    | frozenset(word for text in COMPARE for word in text.split())
    | MODEL_NOUNS
    | ADJECTIVES
    | ALL
    | NOBODY
    | PREPOSITIONS
    | SKIPPED
    | PRONOUNS
    | JOINTS
    | frozenset(SOME)
) - BLOCKED
