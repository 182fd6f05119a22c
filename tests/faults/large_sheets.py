#!/usr/bin/python3
"""Sheets of ten million rows: a csv is taken in little memory, an xlsx (which cannot have them) is
refused, and the store is as before.

Run: large_sheets.py --jishi PATH [--members 100000]

The csv has 100 payments of each member. It is only rehearsed: that does all of the work.
"""

import json
import os
import zipfile

from common import Place, Tally, Wrong, finish, folder, parse_arguments

BRANCHES = 3000
MONTHS = 100
TIMEOUT_S = 800
MAX_MEMORY_MIB = 400  # 300 for the import, and the caches of SQLite
XLSX_ROWS = 10_000_000
XLSX_LIMIT = "1048576"


def write_base(root, members):
    """The organisations and members; returns their files."""
    organisations, roster = os.path.join(root, "org.csv"), os.path.join(root, "members.csv")
    with open(organisations, "w", encoding="utf-8") as file:
        file.write("组织代码,组织名称,上级组织代码,组织类别\nDW1,城区党委,,党委\n")
        file.writelines(f"ZB{i},第{i}支部,DW1,支部\n" for i in range(BRANCHES))
    with open(roster, "w", encoding="utf-8") as file:
        file.write("人员编号,姓名,性别,出生日期,人员类别,组织代码,入党日期,转正日期\n")
        file.writelines(f"P{i},党员{i},男,1980-01-01,正式,ZB{i % BRANCHES},2001-07-01,2002-07-01\n"
                        for i in range(members))
    return [organisations, roster]


def write_payments(root, members):
    path = os.path.join(root, "payments.csv")
    months = [f"{2018 + m // 12}-{m % 12 + 1:02d}" for m in range(MONTHS)]
    with open(path, "w", encoding="utf-8") as file:
        file.write("人员编号,所属月份,金额,缴纳日期\n")
        for i in range(members):
            file.write("".join(f"P{i},{month},10.00,{month}-05\n" for month in months))
    return path


def write_xlsx(root):
    path = os.path.join(root, "endless.xlsx")
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>'
                   for name in ("人员编号", "所属月份", "金额", "缴纳日期"))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}"><Relationship Id="r1" '
                         f'Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
                         '</Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                         '<sheet name="党费" sheetId="1" r:id="r1"/></sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">'
                         f'<Relationship Id="r1" Type="{office}/worksheet" '
                         'Target="worksheets/sheet1.xml"/></Relationships>')
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData><row>{head}</row>'.encode())
            for start in range(0, XLSX_ROWS, 10_000):
                sheet.write("".join(f"<row><c><v>{i % 97}</v></c><c><v>202601</v></c>"
                                    f"<c><v>{i % 31}</v></c></row>"
                                    for i in range(start, start + 10_000)).encode())
            sheet.write(b"</sheetData></worksheet>")
    return path


def csv_in_little_memory(place, root, members):
    path = write_payments(root, members)
    process = place.start("import", "--data", place.data, "--dry-run", "--json", path)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)  # the peak of this process alone
    os.remove(path)
    if os.waitstatus_to_exitcode(status) != 0:
        raise Wrong(f"status {status}: {errors or output[:500]!r}")
    sheet = json.loads(output)
    if sheet["accepted"] != members * MONTHS:
        raise Wrong(f"not every row was accepted: {sheet}")
    if usage.ru_maxrss > MAX_MEMORY_MIB * 1024:
        raise Wrong(f"{usage.ru_maxrss // 1024} MiB at its peak, at most {MAX_MEMORY_MIB}")


def xlsx_refused(place, root):
    path = write_xlsx(root)
    before = place.run("batches", "--data", place.data, "--json").output
    done = finish(place.start_import([path]), TIMEOUT_S)
    os.remove(path)
    said = done.errors + done.output.decode("utf-8")
    if done.status != 1 or XLSX_LIMIT not in said.replace(",", ""):
        raise Wrong(f"exit {done.status}, and it does not name the limit: {said[:500]}")
    place.verify()
    if place.run("batches", "--data", place.data, "--json").output != before:
        raise Wrong("something was kept")


def main():
    arguments = parse_arguments(__doc__, members=100_000)
    tally = Tally()
    with folder() as root:
        place = Place(arguments.jishi, root)
        done = finish(place.start_import(write_base(root, arguments.members)), TIMEOUT_S)
        if done.status != 0:
            raise Wrong(f"exit {done.status}: {done.errors}")
        tally.test("ten million rows of csv in little memory", csv_in_little_memory, place, root,
                   arguments.members)
        tally.test("ten million rows of xlsx are refused", xlsx_refused, place, root)
    tally.close()


if __name__ == "__main__":
    main()
