// The checksum of NUT: CRC-32, polynomial 0x04c11db7, most significant bit first, beginning with 0.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace vas::frames {

constexpr std::array<uint32_t, 256> MakeNutCrcTable() {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i << 24;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1) ^ ((value >> 31) * 0x04c11db7U);
    table[i] = value;
  }
  return table;
}
inline constexpr auto kNutCrcTable = MakeNutCrcTable();

// Over a block and the checksum that follows it the result is 0.
inline uint32_t NutCrc(std::span<const uint8_t> bytes) {
  uint32_t crc = 0;
  for (const uint8_t byte : bytes) crc = (crc << 8) ^ kNutCrcTable[(crc >> 24) ^ byte];
  return crc;
}

}  // namespace vas::frames
