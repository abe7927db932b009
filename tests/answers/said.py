"""Invented news prose with who is on record for each sentence: floods, elections, wars, epidemics.

A case is a text whose sentences stand one a line (an empty line parts paragraphs), and for each of them "speaker |
role | how it is known"; a bare "-" is a sentence for which nobody is.
"""

CASES = {
    "verb behind a quotation": (
        """
        "The dam will hold," said Maria Lopez, the mayor of Riverton.
        """,
        ["Maria Lopez | mayor of Riverton | cue"],
    ),
    "subject and verb behind a quotation": (
        """
        “We counted every ballot twice,” election commissioner Tomas Brandt said on Monday.
        """,
        ["Tomas Brandt | election commissioner | cue"],
    ),
    "split quotation": (
        """
        “The bridge is gone,” said Lopez, “and nobody can cross before Friday.”
        """,
        ["Lopez | | cue"],
    ),
    "quotation that goes on after its speaker": (
        """
        Health Minister Anna Koval spoke in the capital.

        “The hospitals are full,” said Koval.
        “They will not take new patients this week.”
        """,
        ["-", "Anna Koval | Health Minister | cue", "Anna Koval | Health Minister | inherited"],
    ),
    "quotation across paragraphs": (
        """
        Col. Peter Hale described the night.

        “The first wave came at two,” Hale said.
        “We held the ridge.

        “Then the second wave came.
        Nobody slept.”

        The town was quiet on Sunday.
        """,
        [
            "-",
            "Peter Hale | Col. | cue",
            "Peter Hale | Col. | inherited",
            "Peter Hale | Col. | inherited",
            "Peter Hale | Col. | inherited",
            "-",
        ],
    ),
    "nested quotation": (
        """
        “My neighbour shouted ‘run’ and we ran,” said Olena Bondar, a teacher.
        """,
        ["Olena Bondar | a teacher | cue"],
    ),
    "British marks": (
        """
        ‘The allies’ help won’t come in time,’ said Gen. Mark Ryder.
        """,
        ["Mark Ryder | Gen. | cue"],
    ),
    "reported speech with a title": (
        """
        Governor Lena Fischer told reporters on Tuesday that 4,000 homes were under water.
        """,
        ["Lena Fischer | Governor | cue"],
    ),
    "fullest name and role from elsewhere": (
        """
        Fischer announced that schools would stay closed.

        The state is led by Governor Lena Fischer.
        """,
        ["Lena Fischer | Governor | cue", "-"],
    ),
    "body at the end": (
        """
        Two villages were cut off by the landslide, the Interior Ministry said on Sunday.
        """,
        ["Interior Ministry | | cue"],
    ),
    "body in the middle": (
        """
        The talks, a senior diplomat said, are close to collapse.
        """,
        ["a senior diplomat | | cue"],
    ),
    "description": (
        """
        A spokesman for the ministry said that no one had been hurt.
        """,
        ["A spokesman for the ministry | | cue"],
    ),
    "description that points back": (
        """
        UN officials said the camp was without water.
        The camp holds 12,000 people, the officials said.
        """,
        ["UN officials | | cue", "UN officials | | cue"],
    ),
    "title that points back": (
        """
        Prime Minister Ana Brandao arrived at noon.

        The prime minister said she would sign the treaty.
        """,
        ["-", "Ana Brandao | Prime Minister | cue"],
    ),
    "pronoun": (
        """
        Dr. Samuel Okoye told the BBC that the outbreak had peaked.
        He said the next two weeks would decide.
        """,
        ["Samuel Okoye | Dr. | cue", "Samuel Okoye | Dr. | inherited"],
    ),
    "pronoun with two people": (
        """
        President Ivan Petrenko met Chancellor Karl Weber.
        He said the border would stay open.
        """,
        ["-", "-"],
    ),
    "pronoun with one sex": (
        """
        Mr. Petrenko met Mrs. Weber.
        She said the border would stay open.
        """,
        ["-", "Weber | | inherited"],
    ),
    "plural pronoun": (
        """
        Rescue workers said the search would go on.
        They said that 30 people were missing.
        """,
        ["Rescue workers | | cue", "Rescue workers | | inferred"],
    ),
    "refusal": (
        """
        Lt. Sara Cohen would not say how many soldiers had been hurt.
        """,
        ["Sara Cohen | Lt. | cue"],
    ),
    "refusal to comment": (
        """
        The embassy declined to comment.
        Weber refused to say whether he would resign.
        """,
        ["embassy | | cue", "Weber | | cue"],
    ),
    "no answer": (
        """
        The company did not respond to a request for comment.
        """,
        ["company | | cue"],
    ),
    "denial": (
        """
        The Kremlin denied that its troops had crossed the river.
        """,
        ["Kremlin | | cue"],
    ),
    "according to": (
        """
        According to the World Health Organization, 300 people have died.
        Most of them were children, according to Dr. Mary Ochieng.
        """,
        ["World Health Organization | | cue", "Mary Ochieng | Dr. | cue"],
    ),
    "in a statement": (
        """
        In a statement, the Red Cross said that it had sent three planes.
        """,
        ["Red Cross | | cue"],
    ),
    "on the net": (
        """
        The General Staff wrote on Telegram that the attack had been repelled.
        Zelenko tweeted: “We are still here.”
        """,
        ["General Staff | | cue", "Zelenko | | cue"],
    ),
    "second verb": (
        """
        Lopez said that the water was falling and stressed, “Nobody should go home yet.”
        """,
        ["Lopez | | cue"],
    ),
    "participle": (
        """
        Brandt dismissed the claims, calling them “a fairy tale from the losing side.”
        """,
        ["-"],
    ),
    "relative clause between": (
        """
        Kovalenko, who spoke to reporters in Lviv, said the evacuation was over.
        """,
        ["Kovalenko | | cue"],
    ),
    "apposition between": (
        """
        Jane Moss, a spokeswoman for the power company, said 20,000 homes were dark.
        """,
        ["Jane Moss | a spokeswoman for the power company | cue"],
    ),
    "age between": (
        """
        “I lost everything,” Pedro Silva, 61, said.
        """,
        ["Pedro Silva | | cue"],
    ),
    "outlet as a source": (
        """
        The explosion was first reported by Reuters.
        """,
        ["Reuters | | cue"],
    ),
    "outlet in a relative clause": (
        """
        The plan, which was first reported by Reuters, would close two ports.
        """,
        ["-"],
    ),
    "outlet as a subject": (
        """
        The Guardian reported that the minister had known of the leak.
        """,
        ["Guardian | | cue"],
    ),
    "half a sentence after although": (
        """
        Farmers fear another dry summer, although the government has said it will help.
        """,
        ["-"],
    ),
    "half a sentence after and": (
        """
        The army closed the road, and officials have said that more closures could follow.
        """,
        ["-"],
    ),
    "relative clause": (
        """
        The vaccine, which doctors say is safe, arrived on Friday.
        """,
        ["-"],
    ),
    "an institution acts": (
        """
        The ministry has put two battalions on alert.
        The U.S. already has a base in the north.
        """,
        ["-", "-"],
    ),
    "weak verbs": (
        """
        The two sides agreed to meet again.
        Weber was trying to guess the result.
        Koval wants more beds.
        """,
        ["-", "-", "-"],
    ),
    "nobody on record": (
        """
        I said the road was closed.
        We said so at the time.
        One must say that it rained.
        """,
        ["-", "-", "-"],
    ),
    "to say, could say": (
        """
        It is too early to say who won.
        Koval could announce a lockdown.
        """,
        ["-", "-"],
    ),
    "told by somebody": (
        """
        Residents were told to leave at once.
        Weber was asked about the poll.
        """,
        ["-", "-"],
    ),
    "question": (
        """
        What did Weber say about the border?
        """,
        ["-"],
    ),
    "headline": (
        """
        Weber Says Border Will Stay Open
        """,
        ["-"],
    ),
    "additive": (
        """
        Hale said that 200 soldiers would go to the coast.
        In addition, some 50 engineers are moving to the border.
        """,
        ["Hale | | cue", "Hale | | inherited"],
    ),
    "additive without a report": (
        """
        The river rose by two metres.
        In addition, the wind grew stronger.
        """,
        ["-", "-"],
    ),
    "also": (
        """
        The city council announced a curfew for the old town.
        A ban on cars is also being prepared.
        """,
        ["city council | | cue", "city council | | inferred"],
    ),
    "next paragraph does not go on": (
        """
        The city council announced a curfew.

        A ban on cars is also being prepared.
        """,
        ["city council | | cue", "-"],
    ),
    "quotation standing alone": (
        """
        “We will rebuild,” said Maria Lopez.

        “It may take years.”
        """,
        ["Maria Lopez | | cue", "Maria Lopez | | inferred"],
    ),
    "quotation before its speaker's sentence": (
        """
        “Where were the boats?”
        “We waited for hours,” said Ivo Marek.
        """,
        ["Ivo Marek | | inherited", "Ivo Marek | | cue"],
    ),
    "speaker in a sentence of his own": (
        """
        “Where were the boats?”
        Marek asked.
        """,
        ["Marek | | cue", "-"],
    ),
    "colon and new paragraph": (
        """
        The bishop told the crowd:

        “Do not be afraid.”
        """,
        ["bishop | | cue", "bishop | | inherited"],
    ),
    "anonymous": (
        """
        Two people familiar with the matter said the deal was off.
        Critics say that the law goes too far.
        """,
        ["Two people familiar with the matter | | cue", "Critics | | cue"],
    ),
    "several speakers": (
        """
        Petrenko and Weber said they would meet in May.
        """,
        ["Petrenko and Weber | | cue"],
    ),
    "a country speaks": (
        """
        Estonia said on Thursday that it would send tents.
        """,
        ["Estonia | | cue"],
    ),
    "abbreviations": (
        """
        U.S. Secretary of State Rita Nolan said the U.S. would not take part.
        """,
        ["Rita Nolan | U.S. Secretary of State | cue"],
    ),
    "genitive and title": (
        """
        Norway's Prime Minister Kari Dahl says the pipeline is safe.
        """,
        ["Kari Dahl | Norway's Prime Minister | cue"],
    ),
    "verb that is a noun, too": (
        """
        The report claims on the fund were paid.
        Weber claims that the fund is empty.
        """,
        ["-", "Weber | | cue"],
    ),
    "verb with other meanings": (
        """
        Weber maintained a lead of nine points.
        Weber maintained that the count was fair.
        """,
        ["-", "Weber | | cue"],
    ),
    "scare quotes": (
        """
        The so-called “humanitarian corridor” was shelled again.
        """,
        ["-"],
    ),
    "quoted words and a speaker of the whole": (
        """
        The truce is “holding for now,” the monitors said.
        """,
        ["monitors | | cue"],
    ),
    "quoted title": (
        """
        Her book, “A River Runs High and Wide,” sold well.
        """,
        ["-"],
    ),
    "signed": (
        """
        “Nobody warned us about the second wave.” — Maria Lopez, Riverton
        """,
        ["Maria Lopez | | cue"],
    ),
    "transcript": (
        """
        Reporter Jan Novak asked Ruth Adler for her view.

        “ADLER: We must test more people at once.”
        “CROWD: We cannot hear you from here.”
        """,
        ["-", "Ruth Adler | | cue", "-"],
    ),
    "dateline": (
        """
        KHARKIV, Ukraine (AP) — The regional governor said that the power was back.
        """,
        ["regional governor | | cue"],
    ),
    "day before the verb": (
        """
        The navy on Friday said it had found the wreck.
        """,
        ["navy | | cue"],
    ),
    "unknown noun": (
        """
        The gravedigger said that he had stopped counting.
        """,
        ["gravedigger | | cue"],
    ),
    "he's": (
        """
        He's saying that the war is over.
        """,
        ["-"],
    ),
    "brackets": (
        """
        The National Weather Service (NWS) said 40 cm of rain had fallen.
        """,
        ["National Weather Service | | cue"],
    ),
    "an aside in dashes": (
        """
        Weber — a Liberal since 1990 — said that he would not stand again.
        """,
        ["Weber | | cue"],
    ),
    "monarch": (
        """
        Queen Margrethe said the nation was grateful.
        """,
        ["Queen Margrethe | | cue"],
    ),
    "Mr.": (
        """
        Mr. Will Grant said the levee was sound.
        """,
        ["Will Grant | | cue"],
    ),
    "Said first": (
        """
        Said Ivo Marek, who lost his house: “There was no siren.”
        """,
        ["-"],
    ),
    "never said": (
        """
        Weber has never said that he would stay.
        """,
        ["Weber | | cue"],
    ),
    "pointed out": (
        """
        Dr. Okoye pointed out that the vaccine was new.
        Weber put it bluntly: “We lost.”
        """,
        ["Okoye | Dr. | cue", "-"],
    ),
    "a sentence after a report that adds nothing": (
        """
        Weber said the border was open.
        The wind was cold.
        """,
        ["Weber | | cue", "-"],
    ),
    "a quotation held in two sentences": (
        """
        Weber wore a coat that said “We are
        all here.
        It is cold.” and left.
        """,
        ["-", "-", "-"],
    ),
    "several quotations in one sentence of several": (
        """
        “We go.
        We come,” said Maria Lopez, “and go.
        We stay,” she added.
        """,
        ["Maria Lopez | | cue", "Maria Lopez | | cue", "Maria Lopez | | cue"],
    ),
}
