#pragma once

#include <napi.h>

namespace vas::frames {

void RegisterRing(Napi::Env env, Napi::Object exports);

}  // namespace vas::frames
