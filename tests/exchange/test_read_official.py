"""Each official list is read into the same units, from excerpts shaped like the real ones."""

from pathlib import Path

import pytest

from entrecidades.exchange.readers.official import COUNTRIES, Code, read_official

SHARED = Path(__file__).parents[3] / "shared/data/local_governments"
BRAZIL = {
    "estados.csv": "codigo_uf,uf,nome,latitude,longitude,regiao\n41,PR,Paraná,-24.89,-51.55,Sul\n",
    "municipios.csv": (
        "codigo_ibge,nome,latitude,longitude,capital,codigo_uf,siafi_id,ddd,fuso_horario\n"
        "4106902,Curitiba,-25.4195,-49.2646,1,41,7535,41,America/Sao_Paulo\n"
        "4104204,Campo Largo,-25.4525,-49.5290,0,41,7481,41,America/Sao_Paulo\n"
    ),
    "links.csv": "municipio,wikidata_id,pop_21\n4106902,Q4361,1963726\n",
    "ufs.csv": "uf,uf_code,iso3166-2,wikidata_id\n41,PR,BR-PR,Q15499\n",
    "synonyms.csv": (
        "synonym,wdId,cur_state,cur_lexLabel,type,ref,notes\n"
        "Vila Nova da Luz,Q4361,PR,curitiba,alt oficial,[1693 1721],\n"
        "Kampo Largo,,PR,campo.largo,alt,,\n"
        "Nowhere,Q1,PR,nowhere,alt,,\n"
    ),
}
FRANCE = {
    "regions.csv": "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n84,69123,1,A,A,Auvergne-Rhône-Alpes\n",
    "departements.csv": "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n69,84,69123,2,R,R,Rhône\n",
    "communes.csv": (
        "TYPECOM,COM,REG,DEP,NCC,LIBELLE,COMPARENT\n"
        "COM,69123,84,69,LYON,Lyon,\n"
        "COM,69266,84,69,VILLEURBANNE,Villeurbanne,\n"
        "ARM,69381,,,LYON 1,Lyon 1er Arrondissement,69123\n"
    ),
    "population.csv": "REG;DEP;COM;Commune;PMUN\n84;69;69123;Lyon;522250\n",
    "coordonnees.csv": (
        "69001;LYON;45.77;4.82;Lyon 01;Lyon 01;69;Rhône;Auvergne-Rhône-Alpes\n"
        "69002;LYON;45.75;4.84;Lyon 02;Lyon 02;69;Rhône;Auvergne-Rhône-Alpes\n"
        "69100;VILLEURBANNE;45.77;4.89;Villeurbanne;Villeurbanne;69;Rhône;Auvergne-Rhône-Alpes\n"
    ),
}
ITALY = {
    "elenco.csv": (
        "Codice Regione;Codice Provincia (Storico)(1);Codice Comune formato alfanumerico;"
        "Denominazione in italiano;Denominazione altra lingua;Denominazione Regione;"
        '"Denominazione dell\'Unità territoriale sovracomunale \n(valida a fini statistici)";'
        "Tipologia di Unità territoriale sovracomunale \n"
        "01;001;001272;Torino;;Piemonte;Torino;3\n"
        "04;021;021008;Bolzano;Bozen;Trentino-Alto Adige/Südtirol;Bolzano/Bozen;2\n"
        "06;030;030129;Udine;;Friuli-Venezia Giulia;Udine;5\n"
    ),
    "comuni.json": '[{"nome":"Torino","codice":"001272","popolazione":872367}]',
    "coordinate.csv": (
        "comune,provincia,lat,lon\nTorino,città metropolitana di Torino,45.07,7.68\n"
        "Bolzano,provincia autonoma di Bolzano,46.5,11.35\n"
    ),
}
UNITED_STATES = {
    "uscities.csv": (
        "city,city_ascii,state_id,state_name,lat,lng,population,id\n"
        "Austin,Austin,TX,Texas,30.3006,-97.7517,1633401.0,1840019590\n"
        "Mylo,Mylo,ND,North Dakota,48.6352,-99.6187,20,1840000001\n"
        "Ponce,Ponce,PR,Puerto Rico,18.01,-66.61,150000,1630035577\n"
    )
}
MOZAMBIQUE = {
    "distritos.csv": (
        "adm1_pcode,province,adm2_pcode,district,kind\n"
        "MZ06,Maputo City,MZ0601,Cidade De Maputo,district\n"
        'MZ11,Zambezia,MZ1199,Lago X,"lake or island area, not a district"\n'
    ),
    "autarquias.csv": (
        "name,province,category,level,batch,geonameid,geoname_population,source_urls\n"
        "Maputo,Maputo Cidade,cidade,A,53,1040652,1254837,https://example.org/a https://b.org\n"
        "Gurúè,Zambézia,cidade,D,53,,,\n"
    ),
}
LISTS = {"BR": BRAZIL, "FR": FRANCE, "IT": ITALY, "US": UNITED_STATES, "MZ": MOZAMBIQUE}


@pytest.fixture
def read(tmp_path):
    def write_and_read(country, **changed):
        for name, text in (LISTS[country] | changed).items():
            (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
        return read_official(country, [tmp_path])

    return write_and_read


def by_name(official):
    assert not official.problems, [str(problem) for problem in official.problems]
    return {unit.name: unit for unit in official.units}


def test_brazil_has_states_municipalities_links_and_old_names(read):
    official = read("BR")
    units = by_name(official)
    curitiba = units["Curitiba"]
    assert curitiba.code == Code("BR-IBGE", "4106902")
    assert curitiba.more_codes == (Code("XI-WIKIDATA", "Q4361"),)
    assert curitiba.parent == units["Paraná"].code == Code("BR-IBGE-UF", "41")
    assert units["Paraná"].more_codes[0] == Code("ISO3166-2", "BR-PR")
    assert (curitiba.population, curitiba.division) == (1_963_726, "Paraná")
    assert [(name.name, name.kind) for name in curitiba.other_names] == [
        ("Vila Nova da Luz", "former")
    ]
    assert units["Campo Largo"].other_names[0].name == "Kampo Largo"
    assert "Nowhere" in str(official.remarks[0])


def test_france_has_three_levels_and_only_the_communes_of_today(read):
    units = by_name(read("FR"))
    lyon = units["Lyon"]
    assert lyon.code == Code("FR-INSEE", "69123")
    assert lyon.parent == units["Rhône"].code
    assert units["Rhône"].parent == units["Auvergne-Rhône-Alpes"].code
    assert (lyon.latitude, lyon.longitude) == (pytest.approx(45.76), pytest.approx(4.83))
    assert (lyon.population, units["Villeurbanne"].population) == (522_250, None)
    assert "Lyon 1er Arrondissement" not in units


def test_italy_has_regions_provinces_and_the_other_language(read):
    units = by_name(read("IT"))
    bolzano = [unit for unit in read("IT").units if unit.name == "Bolzano"]
    assert [unit.code.scheme for unit in bolzano] == ["IT-ISTAT-PROV", "IT-ISTAT"]
    assert [(n.language, n.name) for n in bolzano[1].other_names] == [("de", "Bozen")]
    torino = [unit for unit in read("IT").units if unit.name == "Torino"]
    assert [unit.tier for unit in torino] == ["metropolis", "municipality"]
    assert (torino[1].population, torino[1].latitude) == (872_367, 45.07)
    assert units["Udine"].parent == Code("IT-ISTAT-REG", "06")


def test_coordinates_of_a_namesake_in_another_region_are_not_taken(read):
    row = "19;087;087033;Paternò;;Sicilia;Catania;3\n17;076;076100;Paterno;;Basilicata;Potenza;2\n"
    points = (
        "comune,provincia,lat,lon\nPaternò,città metropolitana di Catania,37.57,14.9\n"
        "Udine,provincia di Altrove,46.07,13.24\n"
    )
    files = {"elenco.csv": ITALY["elenco.csv"] + row, "coordinate.csv": points}
    units = {unit.code.value: unit for unit in read("IT", **files).units}
    assert units["087033"].latitude == 37.57
    assert units["076100"].latitude is None
    assert units["030129"].latitude == 46.07


def test_the_united_states_are_places_of_a_thousand_in_states(read):
    official = read("US")
    assert set(by_name(official)) == {"Austin", "Texas"}
    assert by_name(official)["Austin"].population is None
    assert not official.origin.makes_bodies


def test_mozambique_has_provinces_districts_and_municipalities(read):
    official = read("MZ")
    units = {unit.code.value: unit for unit in official.units}
    assert units["MZ0601"].name == "Cidade de Maputo"
    maputo = units["maputo-cidade-maputo"]
    assert (maputo.parent, maputo.geonameid) == (Code("MZ-PCODE", "MZ06"), 1040652)
    assert maputo.source_url == "https://example.org/a"
    assert units["zambezia-gurue"].parent == Code("MZ-PCODE", "MZ11")
    assert "Lago X" in str(official.remarks[0])


@pytest.mark.parametrize(
    ("country", "changed", "reason"),
    [
        ("BR", {"estados.csv": "a,b\n"}, "A file of the list is missing “estados”"),
        ("BR", {"again.csv": BRAZIL["estados.csv"]}, "Two files hold the same part"),
        ("BR", {"estados.csv": BRAZIL["estados.csv"].replace("41", "42")}, "No state has this"),
        ("FR", {"communes.csv": FRANCE["communes.csv"].replace("69123", "1001")}, "code of 5"),
        ("IT", {"comuni.json": '[{"codice": 1, "popolazione": 2}]'}, "no code in text"),
        ("IT", {"comuni.json": '[{"codice":"a","popolazione":'}, "not a list in JSON"),
        ("US", {"uscities.csv": UNITED_STATES["uscities.csv"] * 2}, "state_id"),
        ("MZ", {"autarquias.csv": MOZAMBIQUE["autarquias.csv"] + "Maputo,Maputo Cidade,,,,,,\n"},
         "Two rows bear this code"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_list_is_told(read, country, changed, reason):
    problems = [str(problem) for problem in read(country, **changed).problems]
    assert any(reason in line for line in problems), problems


def test_a_file_that_is_no_part_of_the_list_is_left_aside_and_told(read):
    official = read("BR", **{"letter.txt": "Dear officer,\n"})
    assert not official.problems
    assert "letter.txt" in str(official.remarks[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("country", "units"),
    [("BR", 5571 + 27), ("FR", 34_935 + 101 + 18), ("IT", 7896 + 102 + 20), ("MZ", 65 + 156 + 11)],
)
def test_the_real_lists_have_no_problem_and_every_unit(country, units):
    if not (SHARED / country).exists():
        pytest.skip(f"the real lists are not at {SHARED}")
    official = read_official(country, [SHARED / country])
    assert (len(official.units), official.problems) == (units, ())


def test_every_reader_has_an_excerpt_here():
    assert set(LISTS) == set(COUNTRIES)
