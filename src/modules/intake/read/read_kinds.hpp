#pragma once
// The five kinds of row, read and checked from the cells.

#include "modules/intake/read/cell_reader.hpp"

namespace jishi::intake {

OrganisationRow read_organisation(CellReader& cells, const ReadPlan& plan);
MemberRow read_member(CellReader& cells, const ReadPlan& plan);
PostRow read_post(CellReader& cells, const ReadPlan& plan);
ActivityRow read_activity(CellReader& cells, const ReadPlan& plan);
PaymentRow read_payment(CellReader& cells);

}  // namespace jishi::intake
