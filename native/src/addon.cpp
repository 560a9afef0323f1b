// The addon's table of contents: every part registers its functions here.
#include <napi.h>

#include "confine/confine_binding.h"
#include "frames/ring_binding.h"
#include "preprocess/letterbox_binding.h"

namespace {

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  vas::preprocess::RegisterLetterbox(env, exports);
  vas::frames::RegisterRing(env, exports);
  vas::confine::RegisterConfine(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(vas_native, Init)
