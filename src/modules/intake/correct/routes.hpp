#pragma once
#include "modules/intake/import_job/import_job.hpp"

namespace jishi::intake {

inline constexpr int kMaxRefusedPage = 200;

/// GET /api/v1/imports/{job}/rows, PUT /api/v1/imports/{job}/rows/{sheet}/{row}.
void refused_row_routes(api::Routes& routes, const ImportService& service);

}  // namespace jishi::intake
