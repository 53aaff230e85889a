package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One request to send.
 *
 * @param method upper case
 * @param url absolute, http or https; user information in it is sent as basic authentication,
 *     unless a header says otherwise
 * @param headers sent as they stand, in order; {@code User-Agent}, {@code Accept} and {@code
 *     Accept-Encoding} are added where they are missing
 * @param body null for none
 */
public record HopRequest(
    String method, String url, List<Check.Header> headers, @Nullable ByteString body) {
  public HopRequest {
    headers = List.copyOf(headers);
  }

  /** A GET without headers of its own. */
  public static HopRequest get(String url) {
    return new HopRequest("GET", url, List.of(), null);
  }

  /** The same with other headers. */
  public HopRequest withHeaders(List<Check.Header> value) {
    return new HopRequest(method, url, value, body);
  }

  /** Whether it says something under that name. */
  public boolean has(String header) {
    for (Check.Header given : headers) {
      if (given.name().equalsIgnoreCase(header)) {
        return true;
      }
    }
    return false;
  }
}
