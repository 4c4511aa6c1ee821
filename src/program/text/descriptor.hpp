/// @file
/// Files, and input and output of file descriptors that may be non-blocking, or stalled by the process at the other
/// end. Paths and texts are in UTF-8. Functions that return a descriptor return -1 and set errno after an error.
#pragma once

#include <applivery/cancellation.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::program {

inline constexpr int standardOutput = 1;
inline constexpr int standardError = 2;

/// Permissions of a new file.
enum class Readers {
    usual,  ///< Those of the replaced file, or else those of any new file.
    owner,  ///< Only the owner, on systems with such permissions.
};

/// Creates a file beside the target. Replaces the path of the target by that of the file. @return the descriptor.
[[nodiscard]] int createFileBeside(std::string& path, Readers readers);

/// Empties a file, or creates it. @return the descriptor.
[[nodiscard]] int openOutput(const std::string& path);

/// Closes a descriptor. @return 0, or the error number.
[[nodiscard]] int closeDescriptor(int descriptor);

/// Writes the whole text. Waits while the descriptor accepts nothing, also if it is non-blocking.
/// @return 0, or the error number; `ECANCELED` if the wait was too long for limitOutputWaits().
[[nodiscard]] int writeAll(int descriptor, std::string_view text);

/// Sets whether writeAll() stops waiting 150 ms after output was last accepted. Without a limit, it waits for ever.
void limitOutputWaits(bool isLimited);

/// Returns when output was last accepted, or when the waits were last limited.
[[nodiscard]] std::chrono::steady_clock::time_point lastOutputAt() noexcept;

/// Reads a file to its end, or up to a size. Waits for a pipe or a terminal, also if it is non-blocking.
/// @param path `-` for standard input.
/// @return an error of the kind `cancelled` if the token is cancelled while no input is ready. Other errors contain the
/// system's message.
[[nodiscard]] Result<std::string> readInput(const std::string& path, std::size_t maxSize,
                                            const CancellationToken& token);

/// Reads a line from standard input, which must be a terminal. @return an empty text if the token is cancelled
/// before the line is ready.
[[nodiscard]] std::string readAnswer(const CancellationToken& token);

}  // namespace applivery::program
