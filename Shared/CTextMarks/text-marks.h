#pragma once
// What Swift has no word for: one bit for each byte that a comparison of vectors meets.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

// Marks the bytes of a block of 64 that are not plain ASCII text, byte 0 in the lowest bit: a quote,
// a backslash, a control character, U+007F or a part of a longer sequence.
static inline uint64_t cordon_text_marks(const void *block) {
#if defined(__SSE2__)
  uint64_t marks = 0;
  for (int part = 0; part < 4; part++) {
    const __m128i bytes = _mm_loadu_si128((const __m128i *)block + part);
    // One more turns U+007F into a negative number, as bytes of longer sequences are.
    const __m128i more = _mm_add_epi8(bytes, _mm_set1_epi8(1));
    const __m128i low = _mm_cmpgt_epi8(_mm_set1_epi8(0x21), more);
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i special = _mm_or_si128(low, _mm_or_si128(quote, backslash));
    marks |= (uint64_t)(uint32_t)_mm_movemask_epi8(special) << (16 * part);
  }
  return marks;
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t marks[4];
  for (int part = 0; part < 4; part++) {
    const uint8x16_t bytes = vld1q_u8((const uint8_t *)block + 16 * part);
    const uint8x16_t low = vcltq_u8(bytes, vdupq_n_u8(0x20));
    const uint8x16_t high = vcgeq_u8(bytes, vdupq_n_u8(0x7F));
    const uint8x16_t quote = vceqq_u8(bytes, vdupq_n_u8('"'));
    const uint8x16_t backslash = vceqq_u8(bytes, vdupq_n_u8('\\'));
    const uint8x16_t special = vorrq_u8(vorrq_u8(low, high), vorrq_u8(quote, backslash));
    marks[part] = vandq_u8(special, bits);
  }
  // Three sums of neighbours bring the bits of eight bytes into one.
  const uint8x16_t halves = vpaddq_u8(vpaddq_u8(marks[0], marks[1]), vpaddq_u8(marks[2], marks[3]));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(halves, halves)), 0);
#else
  uint64_t marks = 0;
  for (int index = 0; index < 64; index++) {
    const uint8_t byte = ((const uint8_t *)block)[index];
    const uint64_t special = byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\';
    marks |= special << index;
  }
  return marks;
#endif
}

// Marks all of a text of at least 64 bytes, a word for each block, and one word more: every bit
// behind the text is set. Reads nothing behind the text: its last block overlaps the one before.
static inline __attribute__((always_inline)) void
cordon_mark_blocks(const uint8_t *text, size_t count, uint64_t *words,
                   uint64_t (*marks)(const void *block)) {
  const size_t whole = count / 64, rest = count % 64;
  for (size_t block = 0; block < whole; block++) words[block] = marks(text + 64 * block);
  words[whole] = rest == 0 ? ~0ull : marks(text + count - 64) >> (64 - rest) | ~0ull << rest;
}

static inline void cordon_mark_text(const void *text, size_t count, uint64_t *words) {
  cordon_mark_blocks((const uint8_t *)text, count, words, cordon_text_marks);
}

#if defined(__SSE2__)
// The same with vectors twice as wide, which not every processor has.
__attribute__((target("avx2"))) static inline uint64_t cordon_marks_of_half(const void *half) {
  const __m256i bytes = _mm256_loadu_si256((const __m256i *)half);
  const __m256i more = _mm256_add_epi8(bytes, _mm256_set1_epi8(1));
  const __m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x21), more);
  const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  const __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  const __m256i special = _mm256_or_si256(low, _mm256_or_si256(quote, backslash));
  return (uint32_t)_mm256_movemask_epi8(special);
}

__attribute__((target("avx2"))) static inline uint64_t cordon_wide_marks(const void *block) {
  return cordon_marks_of_half(block) | cordon_marks_of_half((const char *)block + 32) << 32;
}

__attribute__((target("avx2"), noinline)) static void
cordon_mark_text_widely(const void *text, size_t count, uint64_t *words) {
  cordon_mark_blocks((const uint8_t *)text, count, words, cordon_wide_marks);
}

static inline bool cordon_has_wide_vectors(void) { return __builtin_cpu_supports("avx2"); }
#else
static inline void cordon_mark_text_widely(const void *text, size_t count, uint64_t *words) {
  cordon_mark_text(text, count, words);
}

static inline bool cordon_has_wide_vectors(void) { return false; }
#endif
