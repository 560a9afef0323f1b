// Reading arguments from JavaScript: every mistake becomes a TypeError or RangeError that names the field.
#pragma once

#include <napi.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace vas {

// The fields of one object argument, e.g. `letterboxNv12ToRgb: source.width`.
class Fields {
 public:
  Fields(const Napi::Value& value, std::string path) : path_(std::move(path)) {
    if (!value.IsObject() || value.IsArray() || value.IsTypedArray()) {
      throw Napi::TypeError::New(value.Env(), path_ + " must be an object");
    }
    object_ = value.As<Napi::Object>();
  }

  int32_t Integer(const char* name, int32_t minimum, int32_t maximum) const {
    const Napi::Value value = object_.Get(name);
    if (!value.IsNumber()) throw Wrong(name, "must be a number");
    const double number = value.As<Napi::Number>().DoubleValue();
    if (std::trunc(number) != number || !(number >= minimum && number <= maximum)) {
      throw OutOfRange(name, "must be an integer from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    }
    return static_cast<int32_t>(number);
  }

  double Number(const char* name, double minimum, double maximum) const {
    const Napi::Value value = object_.Get(name);
    if (!value.IsNumber()) throw Wrong(name, "must be a number");
    const double number = value.As<Napi::Number>().DoubleValue();
    if (!(number >= minimum && number <= maximum)) {
      throw OutOfRange(name, "must be from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    }
    return number;
  }

  bool Has(const char* name) const { return !object_.Get(name).IsUndefined(); }

  std::string Text(const char* name) const {
    const Napi::Value value = object_.Get(name);
    if (!value.IsString()) throw Wrong(name, "must be a string");
    return value.As<Napi::String>().Utf8Value();
  }

  // A view of memory that JavaScript owns; valid only until the call returns.
  std::span<uint8_t> Bytes(const char* name, size_t minimum) const {
    const Napi::Value value = object_.Get(name);
    if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
      throw Wrong(name, "must be a Uint8Array");
    }
    auto array = value.As<Napi::Uint8Array>();
    if (array.ByteLength() < minimum) {
      throw OutOfRange(name, "must have at least " + std::to_string(minimum) + " bytes, has " + std::to_string(array.ByteLength()));
    }
    return {array.Data(), array.ByteLength()};
  }

  Napi::Value Get(const char* name) const { return object_.Get(name); }
  std::string PathOf(const char* name) const { return path_ + "." + name; }

  Napi::Error Wrong(const char* name, const std::string& problem) const {
    return Napi::TypeError::New(object_.Env(), PathOf(name) + " " + problem);
  }
  Napi::Error OutOfRange(const char* name, const std::string& problem) const {
    return Napi::RangeError::New(object_.Env(), PathOf(name) + " " + problem);
  }

 private:
  std::string path_;
  Napi::Object object_;
};

}  // namespace vas
