"""Word lists of ``damage.py``: small words by language, and English verb forms.

A language that is missing in a list is left alone by the kinds of damage that need it.
"""

PREPOSITIONS = {
    "en": (
        "in on at by for with from of to into about against between through during before after under over without "
        "within near since until among"
    ).split(),
    "de": (
        "in an auf bei für mit von zu aus nach über unter vor zwischen gegen ohne um durch während seit bis im am zum zur beim vom"
    ).split(),
    "fr": "dans sur à par pour avec de du des en chez contre entre sous sans vers depuis pendant après avant au aux".split(),
    "es": "en por para con de del a al desde hasta sobre entre contra sin hacia durante según tras ante".split(),
    "it": "in su a per con di del della da dal tra fra contro senza verso durante dopo prima al alla nel nella sul".split(),
    "pt": "em por para com de do da no na ao desde até sobre entre contra sem durante após pelo pela".split(),
    "nl": "in op bij voor met van naar uit over onder tussen tegen zonder door tijdens sinds tot".split(),
    "pl": "w na przy dla z ze od do po przed nad pod między przeciw bez przez podczas o".split(),
    "ru": "в на при для с со от до по перед над под между против без через во о об из к у за".split(),
}
CONJUNCTIONS = {
    "en": "and or but that which who because while when if although as than".split(),
    "de": "und oder aber dass die der das weil während wenn obwohl als wie sondern".split(),
    "fr": "et ou mais que qui car lorsque quand si comme donc".split(),
    "es": "y o pero que quien porque cuando si aunque como".split(),
    "it": "e o ma che chi perché quando se anche come".split(),
    "pt": "e ou mas que quem porque quando se embora como".split(),
    "nl": "en of maar dat die omdat terwijl als hoewel toen".split(),
    "pl": "i lub ale że który która które ponieważ gdy jeśli jak oraz".split(),
    "ru": "и или но что который которая которые потому когда если как а".split(),
}
PRONOUNS = {
    "en": [
        "he she",
        "him her",
        "his her",
        "himself herself",
        "they them",
        "we us",
        "i me",
        "he him",
        "she her",
        "they their",
        "who whom",
        "it he",
        "its their",
        "his himself",
        "her herself",
        "their themselves",
        "their they",
        "man woman",
        "men women",
        "boy girl",
        "father mother",
        "son daughter",
        "brother sister",
        "king queen",
        "mr mrs",
    ],
    "de": [
        "er sie",
        "ihn sie",
        "ihm ihr",
        "sein ihr",
        "seine ihre",
        "seinen ihren",
        "seiner ihrer",
        "der die",
        "dem der",
        "den die",
        "ein eine",
        "einen eine",
        "einem einer",
        "mann frau",
        "vater mutter",
    ],
    "fr": ["il elle", "ils elles", "le la", "un une", "ce cette", "son sa", "celui celle", "du de", "au à"],
    "es": ["él ella", "ellos ellas", "el la", "los las", "un una", "este esta", "al a", "del de"],
    "it": ["lui lei", "il la", "i le", "un una", "questo questa", "suo sua", "del della", "al alla"],
    "pt": ["ele ela", "eles elas", "o a", "os as", "um uma", "este esta", "seu sua", "do da", "no na"],
    "nl": ["hij zij", "hem haar", "zijn haar", "de het", "deze dit"],
    "pl": ["on ona", "jego jej", "ten ta", "jemu jej"],
    "ru": ["он она", "его её", "ему ей", "этот эта"],
}
NEGATIONS = {
    "en": "not no never n't without none nothing".split(),
    "de": "nicht kein keine keinen nie niemals ohne nichts".split(),
    "fr": "ne pas n jamais sans aucun rien".split(),
    "es": "no nunca sin ningún nada".split(),
    "it": "non mai senza nessun nulla".split(),
    "pt": "não nunca sem nenhum nada".split(),
    "nl": "niet geen nooit zonder niets".split(),
    "pl": "nie nigdy bez nic".split(),
    "ru": "не никогда без ничего нет".split(),
}
EN_AUXILIARIES = "is are was were has have had can could will would should may might must do does did".split()
EN_BE = "is are was were".split()
QUESTION_START = {
    "en": ("Did", "Does", "Is", "Was", "Has", "Will", "Can"),
    "de": ("Ist", "Hat", "Wird", "Kann"),
    "fr": ("Est-ce que",),
    "es": ("¿Acaso",),
    "it": ("Forse",),
}
EN_FORMS = (
    "be am is are was were been being|have has had having|do does did done doing|go goes went gone going|say says said saying|"
    "make makes made making|"
    "take takes took taken taking|come comes came coming|see sees saw seen seeing|get gets got getting|"
    "give gives gave given giving|find finds found finding|"
    "think thinks thought thinking|know knows knew known knowing|become becomes became becoming|leave leaves left leaving|"
    "feel feels felt feeling|"
    "bring brings brought bringing|begin begins began begun beginning|keep keeps kept keeping|hold holds held holding|"
    "write writes wrote written writing|"
    "stand stands stood standing|hear hears heard hearing|let lets letting|mean means meant meaning|meet meets met meeting|"
    "run runs ran running|pay pays paid paying|"
    "sit sits sat sitting|speak speaks spoke spoken speaking|lie lies lay lain lying|lead leads led leading|read reads reading|"
    "grow grows grew grown growing|"
    "lose loses lost losing|fall falls fell fallen falling|send sends sent sending|build builds built building|"
    "understand understands understood|"
    "draw draws drew drawn drawing|break breaks broke broken breaking|spend spends spent spending|cut cuts cutting|"
    "rise rises rose risen rising|"
    "drive drives drove driven driving|buy buys bought buying|wear wears wore worn wearing|choose chooses chose chosen choosing|"
    "win wins won winning|"
    "teach teaches taught teaching|fight fights fought fighting|sell sells sold selling|show shows showed shown showing|"
    "tell tells told telling|"
    "will would|can could|may might|shall should|must"
)
