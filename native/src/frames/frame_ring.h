// The reader for JavaScript.
#pragma once

#include <napi.h>

#include <memory>

#include "frames/ring_reader.h"

namespace vas::frames {

class FrameRing : public Napi::ObjectWrap<FrameRing> {
 public:
  static Napi::Function Define(Napi::Env env);
  explicit FrameRing(const Napi::CallbackInfo& info);

 private:
  Napi::Value Latest(const Napi::CallbackInfo& info);
  Napi::Value ById(const Napi::CallbackInfo& info);
  Napi::Value Preprocess(const Napi::CallbackInfo& info);
  Napi::Value CopyPixels(const Napi::CallbackInfo& info);
  Napi::Value Facts(const Napi::CallbackInfo& info);
  void Close(const Napi::CallbackInfo& info);
  const RingReader& Reader(Napi::Env env) const;

  std::unique_ptr<RingReader> reader_;
};

}  // namespace vas::frames
