/// @file
/// Includes the public headers of the library, except the following:
///
/// - applivery/coroutine.hpp, which needs C++20.
/// - applivery/partial_response.hpp, for programs that record responses.
/// - The test doubles in applivery/testing/.
///
/// Start at applivery::BuildsClient.
#pragma once

#include <applivery/boxed_optional.hpp>
#include <applivery/build.hpp>
#include <applivery/build_filter.hpp>
#include <applivery/build_json.hpp>
#include <applivery/build_page.hpp>
#include <applivery/build_range.hpp>
#include <applivery/build_waiter.hpp>
#include <applivery/builds_client.hpp>
#include <applivery/callback.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/clock.hpp>
#include <applivery/credentials.hpp>
#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/open_enum.hpp>
#include <applivery/page_stream.hpp>
#include <applivery/result.hpp>
#include <applivery/retry_policy.hpp>
#include <applivery/text.hpp>
#include <applivery/version.hpp>
#include <applivery/workspace.hpp>
