#include "frames/ring_binding.h"

#include <memory>

#include "frames/frame_ring.h"
#include "frames/frame_ring_writer.h"
#include "frames/frame_tap.h"
#include "frames/motion_watch.h"

namespace vas::frames {

namespace {

// A function that makes an object of a class which stays ours.
template <typename Class>
void Export(Napi::Env env, Napi::Object exports, const char* name) {
  auto made = std::make_shared<Napi::FunctionReference>(Napi::Persistent(Class::Define(env)));
  made->SuppressDestruct();
  exports.Set(name, Napi::Function::New(
                        env,
                        [made](const Napi::CallbackInfo& info) -> Napi::Value { return made->New({info[0], info[1]}); },
                        name));
}

}  // namespace

void RegisterRing(Napi::Env env, Napi::Object exports) {
  Export<FrameRing>(env, exports, "openFrameRing");
  Export<FrameRingWriter>(env, exports, "createFrameRing");
  Export<FrameTap>(env, exports, "createFrameTap");
  Export<MotionWatch>(env, exports, "createMotionWatch");
}

}  // namespace vas::frames
