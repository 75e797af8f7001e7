"""Invented names: with diacritics, spaces, digits and hyphens, and some that hold another one."""

TEAMS = (
    "Norte",
    "Real Norte",
    "Norte-Sul",
    "1. FC Ahrensee",
    "SV Grünwalde 04",
    "Borgholmsund IF",
    "Saint-Élan",
    "Olympique de Varenne",
    "North Haven United",
    "North Haven City",
    "Haven",
    "Łąkowa Wola",
    "Şehirgücü",
    "Dinamo Ravnica",
    "Estrela do Vale",
    "Atlético Puerto Ceniza",
    "Inter Valdora",
    "Union Sölvesund 1907",
    "Kjelvik",
    "Ōmura Gakuen",
    "St. Aubrin's",
    "Vale",
    "Racing Marenca",
    "Hapoel Tel Arev",
    "FK Drina Luka",
    "Brúarfell",
    "Oakmere Town",
    "Oakmere Rovers",
    "Deportivo San Telmo II",
    "Zeeburg '24",
    "Côte-Rouge AC",
    "Trnovec",
)

MODELS = (
    "Quillon",
    "Quillon mini",
    "Quillon 2.5",
    "Tarn-7B",
    "Tarn-70B",
    "Model 4",
    "Model 4 mini",
    "Model 4.1",
    "Vesper 3 (fast)",
    "Vesper 3",
    "Ångsten v3",
    "Ōtsu 12B",
    "Elo baseline",
    "Poisson home/away",
    "Second Opinion",
    "First Light",
    "Seven Sages",
    "Æther",
    "b_plain",
    "gut-feeling",
    "Coin Flip",
    "Hålvarsen",
    "Last Season's Table",
    "Zéphyrine XL",
    "Mirabeau-next",
    "Norte Oracle",
    "The Accountant",
    "Loess 0.3",
    "Brindle-8x22B",
    "Penrith 1.0",
    "Sable",
    "Sable Pro",
)

STRANGERS_MODELS = (
    "Corvane 2",
    "Ibex-13B",
    "Lumen Ultra",
    "Pellucid",
    "Tessel v9",
    "Wexcombe mini",
    "Jørund",
    "Opaline",
)
STRANGERS_TEAMS = ("Sporting Alcovar", "FC Ribeira Alta", "Eastmoor Athletic", "Göllheim", "Čakovina", "Kirkwall Vale")
STRANGERS_PLAYERS = ("Tobias Rennick", "Oumar Sylveste", "Ignác Hrabal", "Léo Castagnier", "Pål Ekholm", "Dario Venn")
STRANGERS_VENUES = ("the Marisol Arena", "Eastmoor Park", "the Estádio das Palmeiras", "Göllheim's Waldstadion")
STRANGERS_COMPETITIONS = ("Continental Shield", "Adriatic Super Cup", "Harbour Trophy", "Copa del Viento")

FIRST_NAMES = (
    "Álvaro", "Bo", "Cem", "Dávid", "Émile", "Finn", "Gökhan", "Håkon", "Iker", "João", "Kwame", "Łukasz", "Marek",
    "Niall", "Óscar", "Pau", "Rúben", "Søren", "Tiago", "Uroš", "Viktor", "Willem", "Yaw", "Žan",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Bergqvist", "Castellón", "da Rocha", "Eskildsen", "Fontaine-Diop", "Gyarmati", "Håland-Ruud", "Ibarra",
    "Jukić", "Kone", "Lindqvist", "McAllan", "Nakajo", "O'Rourke", "Pereira", "Quist", "Rašić", "Silva", "Touray",
    "Ünal", "van der Meer", "Wójtowicz", "Yeboah", "Zubiri", "Norte", "de Vale", "Silva Jr.",
)  # fmt: skip
ONE_NAME = ("Juca", "Dedé", "Rafinho", "Pipo")

VENUES = (
    "Stadion an der Ahr", "Parque do Norte", "Haven Road", "Estadio Doce de Abril", "Stade du Grand-Pré", "Arena 2000",
    "Oakmere Lane", "Ravnica Stadium", "Kjelvik idrettspark", "Campo da Feira", "",
)  # fmt: skip

COMPETITIONS = (
    "Nordliga", "Liga do Atlântico", "Coupe des Provinces", "Division Two", "Cup of Seven Rivers", "Premier Circuit",
    "Taça Aurora", "Algarra | Primera", "Meridian League", "Highland Cup",
)  # fmt: skip
