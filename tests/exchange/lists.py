"""A small official list, shaped like Brazil's, for whoever tests what is done with it."""

STATES = "codigo_uf,uf,nome\n41,PR,Paraná\n35,SP,São Paulo\n"
HEADER = "codigo_ibge,nome,latitude,longitude,codigo_uf,fuso_horario\n"
CURITIBA = "4106902,Curitiba,-25.4195,-49.2646,41,America/Sao_Paulo\n"
PINHAIS = "4119152,Pinhais,-25.4429,-49.1927,41,America/Sao_Paulo\n"
SAO_PAULO = "3550308,São Paulo,-23.5329,-46.6395,35,America/Sao_Paulo\n"
CAMPO_LARGO = "4104204,Campo Largo,-25.4525,-49.5290,41,America/Sao_Paulo\n"
ROWS = [CURITIBA, PINHAIS, SAO_PAULO]


def write_brazil(folder, *rows, states=STATES):
    """Write the list's two files; returns the folder."""
    (folder / "estados.csv").write_text(states, encoding="utf-8")
    (folder / "municipios.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder
