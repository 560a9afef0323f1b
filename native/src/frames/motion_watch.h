// Motion for JavaScript: looks at a frame of a ring on a thread of the pool and tells where something moves.
#pragma once

#include <napi.h>

#include <memory>
#include <string>

namespace vas::frames {

class MotionWatch : public Napi::ObjectWrap<MotionWatch> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit MotionWatch(const Napi::CallbackInfo& info);
  struct State;

 private:
  // look(frameId): Promise<MotionMasks | null>
  Napi::Value Look(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);

  std::shared_ptr<State> state_;
};

}  // namespace vas::frames
