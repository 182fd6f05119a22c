#pragma once
// Procedures: decisions (DMN), process definitions (BPMN), and the engine that plays them. The only
// header of this module that others include.

#include "modules/workflow/decision/model.hpp"
#include "modules/workflow/definition/definition.hpp"
#include "modules/workflow/engine/engine.hpp"
#include "modules/workflow/engine/script.hpp"
#include "modules/workflow/finding.hpp"
