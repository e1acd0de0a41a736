"""Portugal."""

from config.demo.lands.land import Land, Theme, towns

_SURNAMES = (
    "Silva, Santos, Ferreira, Pereira, Oliveira, Costa, Rodrigues, Martins, Fernandes, Gonçalves, Gomes, "
    "Lopes, Marques, Alves, Ribeiro, Pinto, Carvalho, Teixeira, Moreira, Correia, Mendes, Nunes, Vieira, "
    "Araújo, Simões, Magalhães, Conceição, Assunção, Gusmão, Leitão"
)
PT = Land(
    code="PT",
    names={"en": "Portugal", "pt": "Portugal", "hr": "Portugal", "sq": "Portugalia"},
    ministry="Direção-Geral da Educação",
    zone="Europe/Lisbon",
    language="pt",
    scheme="pt.nif",
    women=(
        "Inês, Ana, Joana, Catarina, Mariana, Beatriz, Sofia, Cláudia, Graça, Conceição, Lúcia, Mónica, "
        "Teresa, Andreia, Patrícia, Fátima"
    ),
    men=(
        "João, José, António, Luís, Rui, Nuno, Tiago, Gonçalo, Diogo, Simão, Estêvão, Hélder, André, Jorge, "
        "Paulo, Bruno"
    ),
    surnames_women=_SURNAMES,
    surnames_men=_SURNAMES,
    towns=towns(
        "Lisboa 38.7223 -9.1393; Porto 41.1579 -8.6291; Coimbra 40.2033 -8.4103; Braga 41.5454 -8.4265;"
        "Évora 38.5714 -7.9135; Faro 37.0194 -7.9304; Aveiro 40.6405 -8.6538; Viseu 40.6566 -7.9125;"
        "Guarda 40.5373 -7.2676; Setúbal 38.5244 -8.8882; Bragança 41.8061 -6.7567; Santarém 39.2362 -8.6868"
    ),
    schools=("Agrupamento de Escolas {}", "Escola Secundária {}", "Escola Básica {}"),
    school_words="do Carvalhal, da Ponte, do Miradouro, das Oliveiras, da Ribeira, do Farol, da Fonte",
    themes=(
        Theme("Norte em rede", "Salas de aula do futuro"),
        Theme("Litoral", "Mini MenSI: escolas vizinhas", bottom_up=True),
        Theme("Interior vivo", "Ensino misto em turmas pequenas"),
        Theme("Tejo e Sado", "Projetos com a comunidade"),
    ),
    subjects="matemática, português, ciências, história, inglês, informática, educação física",
    titles={
        "webinar": ("Aulas que começam com uma pergunta", "Avaliar sem testes", "Inteligência artificial na aula"),
        "peer-exchange": ("Ciências com material reciclado", "Ler em voz alta"),
        "course-module": ("Ensino misto, módulo 1", "Ensino misto, módulo 2"),
        "teachmeet": ("Pequenos passos, grandes aulas", "O que resultou comigo"),
        "workshop": ("Oficina: vídeos curtos", "Programar sem computador"),
        "lesson-observation": ("Aula aberta de matemática",),
        "school-visit": ("Visita à sala de aula do futuro",),
        "exchange-visit": ("Dia de intercâmbio entre agrupamentos",),
        "cluster-meeting": ("Reunião mensal da rede",),
        "coordinator-visit": ("Visita da coordenação nacional",),
    },
    national=(
        "Webinar aberto: ferramentas sem registo",
        "Palestra: atenção na sala de aula",
        "Encontro das escolas mentoras",
    ),
    talks=(
        "Um quiz sem ecrã, Cinco minutos de retorno, Aprender lá fora, Experiência num copo, "
        "A rádio da turma, História em banda desenhada, Os alunos perguntam, Mapas feitos à mão"
    ),
    summary="Professores de cinco escolas mostram o que experimentaram e o que mudariam da próxima vez.",
    staff_room="sala.professores",
    room="Biblioteca escolar",
    reasons=("A oradora está doente; enviaremos nova data.", "Esteve presente, faltou assinar a folha."),
)  # fmt: skip
