#include "frames/frame_ring.h"

#include <cmath>
#include <limits>

#include "arguments.h"
#include "frames/js_errors.h"
#include "frames/pixel_copy.h"
#include "preprocess/names.h"
#include "preprocess/tensor_binding.h"

namespace vas::frames {

namespace {

constexpr double kDefaultMaxAgeMs = 500;
constexpr uint64_t kNoAge = std::numeric_limits<uint64_t>::max();

// `{maxAgeMs}`; Infinity is allowed.
uint64_t ReadMaxAgeNs(const Napi::Value& value, const char* path) {
  double ms = kDefaultMaxAgeMs;
  if (!value.IsUndefined()) {
    const Fields fields(value, path);
    if (fields.Has("maxAgeMs")) ms = fields.Number("maxAgeMs", 0, std::numeric_limits<double>::infinity());
  }
  return ms > 1e12 ? kNoAge : static_cast<uint64_t>(ms * 1e6);
}

uint64_t ReadFrameId(const Napi::Value& value) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : NAN;
  if (!(number >= 0 && number <= 9007199254740991.0) || std::trunc(number) != number)
    throw Napi::TypeError::New(value.Env(), "frameId must be an integer from 0 to 2^53 - 1");
  return static_cast<uint64_t>(number);
}

preprocess::ColourMatrix MatrixOf(const FrameFields& fields) { return static_cast<preprocess::ColourMatrix>(fields.matrix); }
preprocess::ColourRange RangeOf(const FrameFields& fields) { return static_cast<preprocess::ColourRange>(fields.range); }

Napi::Object InfoToJs(Napi::Env env, const FrameFields& fields) {
  Napi::Object info = Napi::Object::New(env);
  const double seconds = static_cast<double>(fields.pts) * fields.time_base_num / fields.time_base_den;
  info.Set("frameId", static_cast<double>(fields.frame_id));
  info.Set("epoch", static_cast<double>(fields.epoch));
  info.Set("ptsUs", std::round(seconds * 1e6));
  info.Set("wallUs", static_cast<double>(fields.wall_ns / 1000));
  info.Set("monotonicNs", Napi::BigInt::New(env, fields.monotonic_ns));
  info.Set("width", fields.width);
  info.Set("height", fields.height);
  info.Set("matrix", preprocess::kMatrices.NameOf(MatrixOf(fields)));
  info.Set("range", preprocess::kRanges.NameOf(RangeOf(fields)));
  return info;
}

preprocess::Nv12View ViewOf(const FrameView& frame) {
  const auto* pixels = reinterpret_cast<const uint8_t*>(frame.pixels);
  return {
      .y = pixels,
      .uv = pixels + frame.fields.chroma_offset,
      .width = static_cast<int32_t>(frame.fields.width),
      .height = static_cast<int32_t>(frame.fields.height),
      .y_stride = frame.fields.stride,
      .uv_stride = frame.fields.chroma_stride,
  };
}

void RequireValid(const FrameView& frame) {
  if (!frame.StillValid())
    throw FrameError(Code::kOverwritten, "frame overwritten: " + std::to_string(frame.fields.frame_id));
}

}  // namespace

Napi::Function FrameRing::Define(Napi::Env env) {
  return DefineClass(env, "FrameRing",
                     {
                         InstanceMethod<&FrameRing::Latest>("latest"),
                         InstanceMethod<&FrameRing::ById>("byId"),
                         InstanceMethod<&FrameRing::Preprocess>("preprocess"),
                         InstanceMethod<&FrameRing::CopyPixels>("copyPixels"),
                         InstanceMethod<&FrameRing::Facts>("facts"),
                         InstanceMethod<&FrameRing::Close>("close"),
                     });
}

FrameRing::FrameRing(const Napi::CallbackInfo& info) : Napi::ObjectWrap<FrameRing>(info) {
  if (!info[0].IsString()) throw Napi::TypeError::New(info.Env(), "openFrameRing: path must be a string");
  const std::string path = info[0].As<Napi::String>();
  if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos)
    throw Napi::RangeError::New(info.Env(), "openFrameRing: path must be absolute");
  reader_ = Guarded(info.Env(), [&] { return std::make_unique<RingReader>(path); });
}

const RingReader& FrameRing::Reader(Napi::Env env) const {
  if (!reader_) throw ToJs(env, Code::kEnded, "the ring was closed");
  return *reader_;
}

Napi::Value FrameRing::Latest(const Napi::CallbackInfo& info) {
  const RingReader& reader = Reader(info.Env());
  const uint64_t max_age = ReadMaxAgeNs(info[0], "latest");
  return Guarded(info.Env(), [&] { return InfoToJs(info.Env(), reader.Latest(max_age).fields); });
}

Napi::Value FrameRing::ById(const Napi::CallbackInfo& info) {
  const RingReader& reader = Reader(info.Env());
  const uint64_t id = ReadFrameId(info[0]);
  const uint64_t max_age = ReadMaxAgeNs(info[1], "byId");
  return Guarded(info.Env(), [&] { return InfoToJs(info.Env(), reader.ById(id, max_age).fields); });
}

Napi::Value FrameRing::Preprocess(const Napi::CallbackInfo& info) {
  const RingReader& reader = Reader(info.Env());
  const uint64_t id = ReadFrameId(info[0]);
  const preprocess::TensorTarget target = preprocess::ReadTensorTarget(info[1], "preprocess: target");
  return Guarded(info.Env(), [&]() -> Napi::Value {
    const FrameView frame = reader.ById(id, kNoAge);
    const auto colour = preprocess::MakeYcbcrToRgb(MatrixOf(frame.fields), RangeOf(frame.fields));
    const preprocess::Placement place = target.Fill(ViewOf(frame), colour);
    RequireValid(frame);
    return preprocess::PlacementToJs(info.Env(), place);
  });
}

Napi::Value FrameRing::CopyPixels(const Napi::CallbackInfo& info) {
  const RingReader& reader = Reader(info.Env());
  const uint64_t id = ReadFrameId(info[0]);
  return Guarded(info.Env(), [&]() -> Napi::Value {
    const FrameView frame = reader.ById(id, kNoAge);
    Napi::Uint8Array copy = Napi::Uint8Array::New(info.Env(), frame.fields.size);
    CopySharedPixels(reinterpret_cast<std::byte*>(copy.Data()), frame.pixels, frame.fields.size);
    RequireValid(frame);
    return copy;
  });
}

Napi::Value FrameRing::Facts(const Napi::CallbackInfo& info) {
  const RingFacts& facts = Reader(info.Env()).facts();
  Napi::Object result = Napi::Object::New(info.Env());
  result.Set("cameraId", facts.camera_id);
  result.Set("capacity", facts.capacity);
  result.Set("maxPictureBytes", static_cast<double>(facts.pixel_bytes));
  result.Set("writerPid", facts.writer_pid);
  result.Set("writerStartTicks", static_cast<double>(facts.writer_start_ticks));
  result.Set("epoch", static_cast<double>(Reader(info.Env()).epoch()));
  return result;
}

void FrameRing::Close(const Napi::CallbackInfo& /*info*/) { reader_.reset(); }

}  // namespace vas::frames
