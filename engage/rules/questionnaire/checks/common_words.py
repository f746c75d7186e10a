"""About 1,100 words that children of 4 to 7 hear and say; with their endings (-s, -ed, -ing ...) several times as many.

Put together for this product from the words of home, school, body, feelings and play. It is no published list and has
not been tried with children: it finds words that are clearly too hard, it does not prove that the rest are easy.
"""

from typing import Final

from engage.rules.questionnaire.reading import stems

_WORDS: Final = """
a able about above across act add afraid after again against ago agree air alike alive all almost alone along already
also always am an and angry animal ankle another answer ant any anybody anyone anything anywhere apart apple are arm
around arrow art as ask asleep at ate aunt autumn away awake baby back bad bag bake ball balloon banana bang bank bark
bath be beach bean bear beat because become bed bedroom bee been before began begin behind being believe bell below
belt bend beside best better between big bike bin bird birthday biscuit bit bite black blanket bleed blew block blood
blow blue board boat body bone book boot bored boring born both bother bottle bottom bounce bowl box boy brain branch
brave bread break breakfast breath brick bridge bright bring broke broken brother brought brown brush bubble bucket
bug build building bump burn bus busy but butter button buy by bye cake call came camera can can't candle cannot cap
car card care careful carer carpet carrot carry cat catch caught centre cereal chair chalk chance change chase chat
cheap cheek cheese chest chicken child children chin chips chocolate choose chose circle city clap class classroom
clean clear clever climb clock close cloth clothes cloud clown club coat coffee cold college colour comb come comfy
computer cook cookie cool copy corn corner cot cough could council count country cousin cover cow crash crawl crayon
cream cross crowd crown cry cuddle cup cupboard curl curtain cut dad daddy dance danger dark daughter day dead dear
decide deep desk did didn't die different dig dinner dirty dish do doctor does doesn't dog doll don't done door dot
down draw drawer drawing dream dress drink drive drop drum dry duck during dust each ear early earth easy eat edge egg
eight either elbow elephant eleven else empty end enjoy enough even ever every everybody everyone everything
everywhere excited eye face fact fair fall family far farm farmer fast fat father fault favourite fear feed feel feet
fell felt few field fight fill film find fine finger finish fire first fish fit five fix flag flat float floor flour
flower fly fold follow food foot football for forest forget forgot fork foster found four fox free fresh friend
friendly frightened frog from front fruit full fun funny game garage garden gate gave get giant girl give glad glass
glove glue go goal goat god goes going gold gone good goodbye got grab grandad grandma grandpa granny grape grass
great green grew grey ground group grow grown grown-up guess gun guy had hair half hall hand hang happen happy hard
has hat hate have haven't he head hear heard heart heavy held hello help helper hen her here hers herself hide high
hill him himself his hit hold hole holiday home honey hook hop hope horse hospital hot hour house how hug huge hundred
hungry hunt hurry hurt husband I I'm ice idea if ill important in inside instead into is isn't it its itself jacket
jam jar job join joke juice jump just keep kept key kick kid kill kind king kiss kitchen kite kitten knee knew knife
knock know lady lake lamb lamp land lap large last late later laugh law lay lead leaf learn leave left leg lemon less
lesson let let's letter library lick lid lie life lift light like line lion lip list listen little live lock lonely
long look lose lost lot loud love low lucky lunch machine mad made magic make man many map mark market mat matter may
maybe me meal mean meat medicine meet men mend mess message met middle might milk mind mine minute mirror miss mistake
mix moment money monkey monster month moon more morning most mother mouse mouth move much mud mum mummy music must my
myself nail name nan nap nasty naughty near nearly neck need neighbour nest net never new news next nice night nine no
nobody nobody's noise noisy none normal nose not note nothing now number nurse nursery nut o'clock of off often oh oil
okay old on once one only open or orange other our ours out outside oven over own page paid pain paint pair pan paper
parent park part party pass past paste path paw pay pen pencil people pet phone photo piano pick picnic picture pie
piece pig pill pillow pink pipe pirate pizza place plan plane plant plate play player playground please pocket point
poison police policeman pond pony pool poor pop post pot potato pour present press pretend pretty pull pupil puppy
purple push put puzzle quarrel queen question quick quickly quiet quite rabbit race radio rain rainbow ran rat rather
reach read ready real really red remember rest ribbon rice rich ride right ring river road robot rock roll roof room
root rope rough round row rub rubbish rude rug rule run rush sad safe safely said sail salt same sand sandwich sat
sauce save saw say scare scared scary school scissors scratch scream sea seat second secret see seed seem seen self
sell send sent seven shadow shake shall shape share sharp she shed sheep sheet shelf shell shine ship shirt shoe shop
short should shoulder shout show shower shut sick side sign silly since sing sink sister sit six size skin skip skirt
sky sleep slept slide slip slow slowly small smell smile smoke snack snake snow so soap social sock sofa soft some
somebody someone something sometimes somewhere son song soon sore sorry sound soup space speak special spell spelling
spend spill spoon sport spot spring square stairs stand star start stay step stick still stir stone stood stop storm
story strange stranger straw street string strong stuck stuff such sugar sum summer sun sunny supper sure surprise
swam sweet swim swing table tail take talk tall tap tape taste taught taxi tea teach teacher team tear teddy teeth
tell ten tent than thank that the their them themselves then there these they thin thing think third thirsty this
those though thought thousand three threw through throw thumb thunder tick ticket tidy tie tiger tight till time tin
tiny tired to toast today toe together toilet told tomato tomorrow tongue tonight too took tooth top touch towards
towel town toy train tray treasure tree trick trip trouble trousers truck true trust truth try tummy turn twelve
twenty twice two ugly umbrella uncle under understand unhappy until up upset upstairs us use van very video visit
visitor voice wait wake walk wall want war warm was wash wasn't watch water wave way we wear weather week weekend
weigh well went were wet what wheel when where which while whisper white who whole whose why wide wife wild will win
wind window winter wipe wish with without woke woman women won't wood wool word wore work worker world worm worried
worry worse worst would write wrong yard yawn year yell yellow yes yesterday yet you young your yours yourself zip zoo
tablet online app website internet answers screen helpline
"""
COMMON: Final = frozenset(word.lower() for word in _WORDS.split())


def is_common(word: str) -> bool:
    """Is the word, or the word it is made of, among the common ones?"""
    return any(stem in COMMON for stem in stems(word))
