// The writer for JavaScript: tests, replays and benchmarks. Cameras are written by the tap, without JavaScript.
#pragma once

#include <napi.h>

#include <memory>

#include "frames/ring_writer.h"

namespace vas::frames {

class FrameRingWriter : public Napi::ObjectWrap<FrameRingWriter> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit FrameRingWriter(const Napi::CallbackInfo& info);

 private:
  Napi::Value Publish(const Napi::CallbackInfo& info);
  void StartEpoch(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  RingWriter& Writer(Napi::Env env) const;

  std::unique_ptr<RingWriter> writer_;
};

// Reads {cameraId, maxPictureBytes, capacity?, epoch?}.
RingPlan ReadRingPlan(const Napi::Value& path, const Napi::Value& options, const std::string& name);

}  // namespace vas::frames
