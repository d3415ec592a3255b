"""Forty ordinary sentences whose words are also names of skills. None of them names a skill."""

ORDINARY = """\
I go to work by bus every morning.
It was a pleasure to meet you.
Candidates excel at whatever they try.
Excel in everything you do.
We promise a swift response to your letter.
Her words spark interest in the audience.
The rest of the day is yours.
Lead time for parts is three weeks.
Please react quickly when the bell rings.
We have a positive outlook on next year.
In other words, we will call you back.
Word of mouth brought us here.
You will have access to the building.
Everyone gets a ruby ring after ten years.
He grew up near the python pit at the zoo.
They built the shed from scratch.
Pass the salt and the pepper.
The express train stops at this station.
A basket of apples stood on the table.
We rust if we rest.
Go above and beyond what is asked.
The job is less than a mile from town.
There is a sense of notion in the air.
Don't slack off before the weekend.
She put the letter in her canvas bag.
The chef greeted us at the door.
There was no sign of unity among them.
A source told the paper about it.
The scheme was announced last spring.
Do not hesitate to ask me.
The bat will hibernate in winter.
That dog likes to flutter around the yard.
He made a sketch of the house on a napkin.
Turn the page and zoom in on the map.
It takes an epic effort to move a piano.
The sage advice of an old friend.
We hope to keep the gates open.
The bootstrap of his boot was torn.
My cousin Julia wears a size C shoe.
Grade R is the year before school.
""".splitlines()
