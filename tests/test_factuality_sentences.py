"""Own sentences, each with what is told of its events: the scope of every cue, and near misses.

After a sentence stand words of it, each with A(ctual), P(lanned), M (possible: may be), C(onditional) or R(equired),
and + or - for what is told to be so or not so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.nlp.factuality import FactualityReader
from kg.nlp.model import parse

if TYPE_CHECKING:
    from spacy.language import Language

LETTERS = {"Actual": "A", "Planned": "P", "Possible": "M", "Conditional": "C", "Required": "R"}

TABLE = """
The navy will leave provided that the rebels disarm. | leave C+ | disarm C+
The navy will stay as long as rebels shell the port. | stay C+ | shell C+
Libya will sign on condition that Malta withdraws. | sign C+ | withdraw C+
In case rebels attack the port, the navy has prepared ships. | attack C+
In the event that rebels attack the port, the navy will move. | move C+ | attack C+
In case of an attack, the navy will move. | attack C+ | move C+
Should the rebels attack, the navy will respond. | attack C+ | respond C+
The minister said that cuts were needed if the bank is to survive. | survive P+ | need A+
If the rebels were to leave, the navy would stay. | leave C+ | stay C+
Had the rebels attacked, the navy would have responded. | attack C+ | respond C+
The navy has yet to leave the port. | leave A-
The ministers had yet to agree on a budget. | agree A-
The army is too weak to defend the city. | defend A-
The navy did not only shell the port. | shell A+
The navy not only shelled the port but also bombed the market. | shell A+ | bomb A+
The navy shelled the market instead of attacking the port. | shell A+ | attack A-
The firm stopped short of blaming the pilots. | blame A-
The police kept the crowd from entering the palace. | enter A-
The law bars companies from hiring students. | hire P-
Israel wishes it had signed the deal. | sign C+
The drug will help farmers to use less water and will not harm the soil. | use P+ | harm P-
The minister would later resign. | resign A+
Three men were charged with murder and suspected of planning an attack. | plan M+ | murder M+
A strike planned for Monday was called off. | strike P-
The first woman to win the race thanked her team. | win A+
The bank cut rates so that firms would hire more workers. | hire P+
The union decided against striking. | strike P-
Talks scheduled for May will be postponed. | talk P-
The delivery of planes is scheduled for 2009. | delivery P+
The deliveries are expected to begin in May. | delivery P+ | begin P+
Analysts expect a merger of the two banks. | merger P+
The union called for a strike. | strike R+
The union threatened a strike. | strike P+
The court rejected the appeal. | appeal A+
The minister denied that Cuba had promised to send doctors. | promise A- | send P-
The president refused to rule out sending troops. | send M+
The rebels did not fail to notice the ships. | notice A+
The economy is not expected to grow this year. | grow P-
The company has not denied that it paid bribes. | pay M+
Rescuers managed to reach the village. | reach A+
Rescuers did not manage to reach the village. | reach A-
The firm used to sell cars. | sell A+
The group attempted to hijack a bus. | hijack M+
The group made no attempt to hijack a bus. | hijack A-
Nurses threatened to strike. | strike P+
Norway offered to host the talks. | host P+
Villagers were allowed to return home. | return M+
Villagers were not allowed to return home. | return A-
Doctors were able to save the boy. | save A+
Doctors were not able to save the boy. | save A-
Users will be able to share photos. | share P+
The firm was forced to close two plants. | close A+
The firm may be forced to close two plants. | close M+
Engineers lowered the dam so as to protect the village. | protect P+
The minister said the law would ban smoking. | ban P+
A tax would hurt farmers. | hurt C+
There is a risk that the bank will collapse. | collapse M+
The threat of a strike alarmed investors. | strike M+
A proposal to build a dam angered villagers. | build P+
The failure to pay workers led to protests. | pay A-
Hopes for a ceasefire faded. | ceasefire P+
Fears of a recession grew. | recession M+
The lack of progress worried diplomats. | progress A-
The absence of an agreement worried diplomats. | agreement A-
The general denied any involvement in the massacre. | involvement A- | massacre A+
The minister does not think that the army killed civilians. | kill M-
The minister does not believe the talks will succeed. | succeed M-
There is no evidence that the army killed civilians. | kill M-
Police have no doubt that the man killed his wife. | kill A+
It is not clear whether the army killed civilians. | kill M+
It is not certain that the army killed civilians. | kill M+
Why did the army kill civilians? | kill A+
Will the army leave the city? | leave M+
Neither the army nor the police killed civilians. | kill A-
Nobody attacked or looted the shops. | attack A- | loot A-
The mob never attacked or looted the shops. | attack A- | loot A-
Singapore to buy ten planes | buy P+
Ministers to be paid less | pay P+
The bridge was designed to carry trains. | carry P+
The visit was postponed. | visit A-
The flight was delayed by two hours. | flight A+
A planned merger with Ford collapsed. | merger P+
The alleged murder shocked the town. | murder M+
A failed coup led to arrests. | coup A- | arrest A+
The failed talks angered the king. | talk A+
The prime minister would like to visit Peru. | visit P+
The actress claims to have won the prize. | win A+
The actor is rumoured to have left his wife. | leave M+
The team beat Spain to become champions. | become A+
The company does not have to pay the fine. | pay M-
Farmers told the minister to resign. | resign R+
The court ordered the firm to pay damages. | pay R+
The judge ordered an inquiry into the deaths. | inquiry R+ | death A+
The firm could not confirm the report. | confirm A-
The committee will discuss the attack on the embassy. | attack A+
The committee will hold a vote on Friday. | vote P+
The general will be tried for killing civilians. | kill A+
The troops will stay until the rebels leave. | leave P+
The minister will speak after he arrives. | arrive P+
Turkey did not open the border until Monday. | open A+
Ships may arrive before the port closes. | arrive M+
The minister only resigned to protect his family. | resign A+
Only if the rebels surrender will the army withdraw. | surrender C+ | withdraw C+
The march will go ahead even if it rains. | go P+ | rain C+
The man was convicted of murdering his wife. | murder A+
Half of the layoffs will be announced in June. | layoff P+
The inquiry will examine allegations of fraud. | fraud M+
The report says the bank lent money and took no risks. | lend A+ | take A-
Cuba urged Spain not to sign the treaty. | sign R-
Cuba warned Spain against signing the treaty. | sign R-
The plane landed safely without hitting any buildings. | hit A-
Rather than attack the port, the navy withdrew. | attack A- | withdraw A+
The firm plans to prevent workers from striking. | prevent P+ | strike P-
The minister hopes the talks succeed. | succeed P+
The minister fears the talks failed. | fail M+
Economists expect that sales fell. | fall M+
A meeting to be held in Oslo was announced. | meeting P+
The war will end. | war A+
The army resumed shelling after the talks failed. | shell A+ | fail A+
The workers were due to be paid on Friday. | pay P+
The king abandoned plans to visit Rome. | visit P-
The agency reportedly hired spies. | hire M+
The union will probably accept the offer. | accept M+
Norway remains ready to mediate. | mediate P+
The minister apologised for insulting the king. | insult A+
The rebels agreed to a ceasefire. | ceasefire P+
They protested against the demolition of the market. | demolition A+
The army allegedly tortured prisoners and burned villages. | torture M+ | burn M+
The demolition of the market, planned for June, was cancelled. | demolition P-
Germany is considering a ban on coal. | ban M+
A ban on coal is possible. | ban M+
The central bank, which raised rates twice last year, is widely expected to leave them unchanged at its meeting on \
Thursday, although two members had urged a cut. | leave P+ | raise A+ | cut R+
Prosecutors said on Monday that they had decided not to charge the officer who shot the boy, citing a lack of \
evidence. | charge P- | shoot A+ | decide A+
The airline, which has struggled to repay its debts, said it was in talks to sell two of its routes but had not \
reached an agreement. | sell P+ | reach A- | agreement A-
Officials declined to say whether the troops would be withdrawn before the election. | say P-
The company announced plans to open a plant in Ghana and said it would hire 300 workers. | open P+ | hire P+
The court banned the party from taking part in the vote. | take P-
Protesters who were stopped from entering the square clashed with police. | enter A-
A spokesman said the minister had never met the lobbyist and would not resign. | meet A- | resign P-
The treaty, if ratified, would oblige members to cut emissions. | cut C+
The group warned that it might strike again unless its demands were met. | meet C+
The mayor called on residents to leave the coast. | leave R+
The inspectors recommended that the plant be closed. | close R+
The senate voted to impeach the judge. | impeach P+
The senate voted against a bill to cut taxes. | cut P+
The ministry said it was ready to provide aid if asked. | provide C+
The government has promised a referendum on the constitution. | referendum P+
Miners ended a strike that had halted exports. | strike A+ | export A-
Investors sold shares on fears of a downturn. | sell A+ | downturn M+
Unions have called off a strike planned for next week. | strike P-
The navy said the attack, the third this month, killed no sailors. | attack A+ | kill A-
Iran says it does not intend to build a bomb. | build P-
Sudan rejected calls for an inquiry into the raid. | inquiry R+ | raid A+
The team hopes for a win on Saturday. | win P+
The bomb failed to explode. | explode A-
The pilot tried in vain to land the plane. | land M+
He was cleared of murdering his wife. | murder A-
The witness claimed that the guard beat the prisoner. | beat A+
The guard allegedly beat, kicked and robbed the prisoner. | beat M+ | kick M+ | rob M+
The bill would require schools to teach music. | require C+ | teach C+
A minister who would later be jailed opened the plant. | jail A+ | open A+
The firm is seeking a buyer and aims to complete the sale by June. | complete P+ | sale P+
The sale is likely to be completed by June. | complete M+ | sale M+
The sale could be completed by June. | complete M+ | sale M+
Talks between the sides are to resume on Monday. | resume P+ | talk P+
There were no arrests. | arrest A-
Police made no arrests. | arrest A-
Police arrested no one. | arrest A-
There are no plans for a merger. | merger P-
The two banks said they had held no talks on a merger. | hold A- | talk A-
Exports did not fall until March. | fall A+
Not only did exports fall, but imports rose. | fall A+ | rise A+
Hardly any exports reached the port. | reach A+
Hundreds of villagers barely survived the flood. | survive A+
The ship almost sank. | sink A-
The boy narrowly escaped the fire. | escape A+
The hotel was about to open when the war began. | begin A+
The union is about to strike. | strike P+
Cuba may have sold arms to the rebels, the report said. | sell M+
Cuba cannot have sold arms to the rebels. | sell M-
Cuba should have warned its neighbours. | warn R+
The firm was supposed to deliver the ships in May. | deliver M+
The firm was to have delivered the ships in May. | deliver P+
It is time to act. | act P+
The king has the right to veto laws. | veto M+
The king used his right to veto the law. | veto M+
The rebels demanded the release of all prisoners. | release R+
The rebels demanded to be paid. | pay R+
The judge asked why the guard had beaten the prisoner. | beat A+
Nobody knows who killed the banker. | kill A+
The police suspect that the banker was killed. | kill M+
The banker is believed to have been killed. | kill M+
The banker is known to have been killed. | kill A+
The prince is set to marry a singer in June. | marry P+
Norway is helping Cuba to build a port. | build A+
The port will be closed while engineers repair the cranes. | close P+ | repair P+
When the port opens in May, it will employ 200 people. | open P+ | employ P+
The port was closed when the storm hit. | close A+ | hit A+
The workers went on strike after the firm refused to raise pay. | raise P- | refuse A+
The law makes it illegal to sell ivory. | sell M+
It is difficult to reach the village. | reach M+
It was right to close the school. | close A+
The guests were happy to see the king. | see A+
He was too tired to speak and too ill to travel. | speak A- | travel A-
The company said it had no intention of selling the mine. | sell P-
The minister spoke of the possibility of sending troops. | send M+
The minister insisted that he had paid the tax. | pay A+
The report suggests that the mine polluted the river. | pollute M+
The report recommends closing the mine. | close R+
Officials blamed the crash on a failure to repair the brakes. | crash A+ | repair A-
The army threatens to invade if the rebels do not surrender. | invade C+ | surrender C-
Let the talks begin. | begin R+
Please call the police. | call R+
What caused the crash? | cause A+ | crash A+
The firm sells cars as if nothing had happened. | sell A+ | happen C-
Airbus will not launch the jet unless airlines order 50. | launch C- | order C+
The jet will be the first to use the new engine. | use P+
The road is to be widened to ease traffic. | widen P+ | ease P+
The minister promised that no jobs would be lost. | lose P-
No jobs will be lost. | lose P-
Neither side is willing to compromise. | compromise P-
The refugees fled, leaving their homes. | leave A+
The minister did not attend the funeral. | attend A- | funeral A+
The suspected arson destroyed the mill. | arson M+
The army denies having used gas. | use A-
The treaty prohibits the use of gas. | use P-
The firm avoided a strike. | strike A-
The firm wants a merger. | merger P+
The firm needs investment. | investment R+
A vote on the budget is expected next week. | vote P+
A decision is due in May. | decision P+
Construction of the tunnel is planned. | construction P+
The tunnel's construction began in 1990. | construction A+
The council approved construction of the tunnel. | construction P+
The council approved the plan. | plan A+
Residents oppose the construction of a tunnel. | construction A+
Analysts had predicted a rise in sales. | rise P+
Without a ceasefire, thousands will die. | ceasefire A- | die P+
The minister was criticised for not visiting the town. | visit A-
The army has so far failed to stop the rebels from shelling the town. | stop A- | shell A+
The bank was unwilling to lend to farmers. | lend P-
The minister is thought to be considering a boycott of the games. | consider M+ | boycott M+
Neither the king nor the queen is expected to attend the wedding. | attend P-
The committee recommended that members be paid. | pay R+
The general urged that the base be closed. | close R+
Doctors advised her not to travel. | travel R-
The treaty was never ratified or published. | ratify A- | publish A-
Few believe that the talks will succeed. | succeed M+
The drug has not been shown to prevent malaria. | prevent M+
The firm did not say when the plant would open. | open P+
The firm did not disclose how it lost the data. | lose A+
The company said that it did not expect to cut jobs. | cut P-
The judge refused to allow the witness to speak. | speak P-
The plane was prevented from landing by fog. | land A-
The minister promised to stop the police from beating prisoners. | beat P-
The proposal to ban diesel cars was rejected by the council. | ban P-
The plan, which would have cost $3 billion, was dropped. | cost C+
The fund aims to help farmers to plant trees and to sell timber abroad. | plant P+ | sell P+
The fund was set up to help farmers and has planted trees. | help P+ | plant A+
He tried to escape but was caught. | escape M+ | catch A+
The union demanded a rise in pay. | rise R+
A spokeswoman declined to comment. | comment P-
Witnesses said they saw police beat a man. | beat A+
It remains to be seen whether the truce will hold. | hold M+
The truce appears to be holding. | hold M+
The truce, it seems, failed. | fail A+
The minister is due to meet union leaders on Friday to discuss pay. | meet P+ | discuss P+
The king is to open the games, which begin on Friday. | open P+
Two people were arrested on suspicion of planning an attack. | arrest A+ | plan M+ | attack M+
The man pleaded guilty to stealing a car. | steal A+
The man was found guilty of stealing a car. | steal A+
The man denied stealing a car. | steal A-
The man admitted stealing a car. | steal A+
The inquiry found that the pilot had ignored warnings. | ignore A+
The inquiry found no sign that the pilot had ignored warnings. | ignore M-
The minister rejected claims that he had ignored warnings. | ignore A-
The group claimed responsibility for bombing the bridge. | bomb A+
The group wants to bomb the bridge. | bomb P+
The group wanted to bomb the bridge. | bomb P+
The police stopped short of calling the fire arson. | call A-
The pact would, if approved, allow firms to trade freely. | allow C+ | trade C+
Unless it rains, crops will wither and prices will rise. | wither C+ | rise C+
The firm was fined for dumping waste. | dump A+
Germany will continue to support the mission. | continue P+ | support P+
The fire was about to reach the village when the wind turned. | reach P+
The boy was lucky to survive. | survive A+
The mayor will be the first woman to lead the party. | lead P+
She became the first woman to lead the party. | lead A+
The minister resigned rather than face a vote. | face A- | resign A+
The firm would rather close the plant than sell it. | close C+
The two sides agreed on a withdrawal of troops. | withdrawal P+
The two sides agree that the withdrawal failed. | fail A+
The king is reported to have fled. | flee M+
Rebels threatened the destruction of the bridge. | destruction P+
The proposed merger would create the largest bank in Europe. | merger P+ | create C+
The upcoming election worries investors. | election P+
The election will be held in May. | election P+
The election result will be announced in May. | announce P+
The next round of talks begins on Monday. | begin A+
The bank halted its expansion. | expansion A-
The talks failed to produce an agreement. | agreement A- | talk A+
The talks did not produce an agreement. | agreement A- | talk A+
The talks are aimed at reaching an agreement. | reach P+ | agreement P+
The talks could lead to an agreement. | agreement M+
A possible strike and a boycott worry the firm. | strike M+ | boycott A+
The rebels want talks and a ceasefire. | talk P+ | ceasefire P+
No agreement was reached. | agreement A- | reach A-
No progress or agreement was reported. | progress A-
The government is preparing a response to the attack. | response P+ | attack A+
The government will respond to the attack. | attack A+
The party opposes cuts in pensions. | cut A+
The firm expects sales to rise. | rise P+
The firm expects a rise in sales. | rise P+
The firm saw a rise in sales. | rise A+
The drug can cause bleeding. | cause M+
Court bans sale of ivory | sale P-
Talks on debt postponed | talk A-
The view that judges should not speak is not shared by all. | speak R-
The scandal had Republicans wondering about his future. | wonder A+
Oman is not looking for a fight but for a dialogue with Iran. | look A- | fight P- | dialogue P+
A treaty banning mines is expected to be adopted. | ban P+ | adopt P+
The treaty banning mines is expected to be adopted. | ban A+ | adopt P+
The union called for ministers to resign. | resign R+ | call A+
The union waited for ministers to resign. | resign P+
The pilots were to blame for the crash. | blame A+
The plan includes the proposed sale or closure of three plants. | sale P+ | closure P+
The plan includes the proposed sale and a closure of three plants. | sale P+ | closure A+
Cuba and Spain to sign pact in June | sign P+
Army chief may resign | resign M+
Officials probe alleged bribery | bribery M+
The deal, which must still be approved by regulators, is expected to close in March. | approve R+ | close P+
The merger is subject to approval by regulators. | approval A+
A series of strikes planned by nurses will begin on Monday. | strike P+ | begin P+
The minister said a decision on the sale would be taken in May. | decision P+ | sale A+
Peru accused Chile of the theft of documents. | theft M+
Nobody was hurt in the explosion. | hurt A- | explosion A+
The king did not mention the invasion. | invasion A+
He was arrested before he could flee. | flee M+
The bank said it was considering the sale of its office and may cut jobs. | sale M+ | cut M+
They have threatened to boycott the vote unless the law is changed. | boycott C+ | change C+
The trial, expected to last six weeks, began on Monday. | begin A+ | trial A+
Norway has ruled out a boycott of the games. | boycott P-
Norway has not ruled out a boycott of the games. | boycott M+
The rise in prices was prevented by subsidies. | rise A-
A rise in prices would hurt the poor. | rise C+
The rise in prices would hurt the poor. | rise A+
Fans were kept away from the match. | match A+
The police avoided a repeat of the violence. | violence A+
Germany demanded an end to the attacks. | attack A+
The UN called for an end to the violence. | violence A+
Negotiators failed to reach a deal. | reach A- | deal A-
A deal has yet to be reached. | reach A-
The deal would end the war. | war A+ | deal A+
Officers announced the arrest of two men. | arrest A+
The mayor announced a curfew. | curfew P+
Efforts to free the crew are expected to continue. | effort A+
The law will not end violence. | violence A+
The king might stop to greet the crowd. | greet M+
The king did not respond to requests for a meeting. | request A+ | meeting R+
Police said the inquiry into the trade deal had begun. | trade A+ | begin A+
The attack was not a surprise. | attack A+
The drug was delayed by two years of testing. | testing A+
"""
ROWS = [(row.split(" | ")[0], row.split(" | ")[1:]) for row in TABLE.strip().splitlines()]


@pytest.mark.model
@pytest.mark.parametrize(("text", "words"), ROWS, ids=[text for text, _ in ROWS])
def test_what_is_told(nlp: Language, text: str, words: list[str]) -> None:
    doc, reader = parse(nlp, text), FactualityReader()
    for wanted in words:
        lemma = wanted.split()[0]
        tokens = [t for t in doc if t.lemma_.lower() == lemma and t.pos_ in {"VERB", "AUX", "NOUN"}]
        token = max(tokens, key=lambda t: (t.pos_ != "AUX", t.i))
        found = reader.noun(token) if token.pos_ == "NOUN" else reader.verb(token)
        assert f"{lemma} {LETTERS[found.modality.value]}{'-' if found.negative else '+'}" == wanted
