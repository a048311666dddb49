#pragma once
// What Swift has no word for: asking for memory before it is needed. Harmless for any address.

static inline void cordon_prefetch(const void *address) { __builtin_prefetch(address); }
