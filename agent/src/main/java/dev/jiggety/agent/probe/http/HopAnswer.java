package dev.jiggety.agent.probe.http;

import dev.jiggety.model.Check;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import java.util.List;
import okhttp3.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param status 0 when no answer came
 * @param failure why no whole answer came; null when it did
 * @param end when it was over, in nanoseconds of the monotonic clock
 */
record HopAnswer(
    int status,
    List<Check.Header> headers,
    Body body,
    @Nullable Handshake handshake,
    Phases phases,
    @Nullable Failure failure,
    long end) {

  HopAnswer {
    headers = List.copyOf(headers);
  }

  /** The first header of that name. */
  @Nullable String header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Check.Header::value)
        .findFirst()
        .orElse(null);
  }
}
