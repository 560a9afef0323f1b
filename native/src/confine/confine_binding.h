#pragma once

#include <napi.h>

namespace vas::confine {

void RegisterConfine(Napi::Env env, Napi::Object exports);

}  // namespace vas::confine
