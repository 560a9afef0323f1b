#include "frames/frame_ring_writer.h"

#include <cstring>

#include "arguments.h"
#include "frames/js_errors.h"
#include "preprocess/names.h"

namespace vas::frames {

namespace {

constexpr double kMaxSafe = 9007199254740991.0;

int64_t ReadTime(const Fields& fields, const char* name) {
  return static_cast<int64_t>(fields.Number(name, -kMaxSafe, kMaxSafe));
}

}  // namespace

RingPlan ReadRingPlan(const Napi::Value& path, const Napi::Value& options, const std::string& name) {
  if (!path.IsString()) throw Napi::TypeError::New(path.Env(), name + ": path must be a string");
  const Fields fields(options, name + ": options");
  RingPlan plan;
  plan.path = path.As<Napi::String>();
  plan.camera_id = fields.Text("cameraId");
  plan.pixel_bytes = static_cast<size_t>(fields.Integer("maxPictureBytes", 1, static_cast<int32_t>(kMaxPixelBytes)));
  if (fields.Has("capacity")) plan.capacity = static_cast<uint32_t>(fields.Integer("capacity", kMinCapacity, kMaxCapacity));
  if (fields.Has("epoch")) plan.epoch = static_cast<uint64_t>(fields.Integer("epoch", 0, static_cast<int32_t>(kMaxEpoch)));
  return plan;
}

Napi::Function FrameRingWriter::Define(Napi::Env env) {
  return DefineClass(env, "FrameRingWriter",
                     {
                         InstanceMethod<&FrameRingWriter::Publish>("publish"),
                         InstanceMethod<&FrameRingWriter::StartEpoch>("startEpoch"),
                         InstanceMethod<&FrameRingWriter::Close>("close"),
                     });
}

FrameRingWriter::FrameRingWriter(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FrameRingWriter>(info) {
  const RingPlan plan = ReadRingPlan(info[0], info[1], "createFrameRing");
  writer_ = Guarded(info.Env(), [&] { return std::make_unique<RingWriter>(plan); });
}

RingWriter& FrameRingWriter::Writer(Napi::Env env) const {
  if (!writer_) throw ToJs(env, Code::kEnded, "the ring was closed");
  return *writer_;
}

Napi::Value FrameRingWriter::Publish(const Napi::CallbackInfo& info) {
  RingWriter& writer = Writer(info.Env());
  const Fields fields(info[0], "publish: frame");
  const Picture picture{
      .width = static_cast<uint32_t>(fields.Integer("width", 1, kMaxSide)),
      .height = static_cast<uint32_t>(fields.Integer("height", 1, kMaxSide)),
      .pts = ReadTime(fields, "ptsUs"),
      .time_base_num = 1,
      .time_base_den = 1'000'000,
      .wall_ns = ReadTime(fields, "wallUs") * 1000,
      .matrix = static_cast<Matrix>(preprocess::kMatrices.Read(fields, "matrix")),
      .range = static_cast<Range>(preprocess::kRanges.Read(fields, "range")),
  };
  const size_t size = Nv12Bytes(picture.width, picture.height);
  const auto pixels = fields.Bytes("data", size);
  if (pixels.size() != size) throw fields.OutOfRange("data", "must have exactly " + std::to_string(size) + " bytes");
  return Guarded(info.Env(), [&]() -> Napi::Value {
    if (size > writer.pixel_bytes()) throw FrameError(Code::kRefused, "the picture does not fit the ring");
    std::memcpy(writer.Begin(), pixels.data(), size);
    return Napi::Number::New(info.Env(), static_cast<double>(writer.Publish(picture)));
  });
}

void FrameRingWriter::StartEpoch(const Napi::CallbackInfo& info) {
  RingWriter& writer = Writer(info.Env());
  const double epoch = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : -1;
  if (!(epoch >= 0 && epoch <= static_cast<double>(kMaxEpoch)))
    throw Napi::RangeError::New(info.Env(), "startEpoch: epoch must be from 0 to 2^20 - 1");
  Guarded(info.Env(), [&] { writer.StartEpoch(static_cast<uint64_t>(epoch)); });
}

void FrameRingWriter::Close(const Napi::CallbackInfo& /*info*/) { writer_.reset(); }

}  // namespace vas::frames
