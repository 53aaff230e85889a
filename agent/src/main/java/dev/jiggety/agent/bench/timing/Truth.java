package dev.jiggety.agent.bench.timing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * What a truth server did to one request, by its own monotonic clock, in nanoseconds.
 *
 * @param id of the request
 * @param dns from the first question for the host's name to the last answer; {@link #ABSENT} when
 *     nobody asked
 * @param ssl from the first byte of the client's hello to the server's answer to it; {@link
 *     #ABSENT} without TLS
 * @param waited from the last byte of the request to the first one of the answer
 * @param received from the first byte of the answer to the last part of its body
 * @param doubt how long the server's own thread waited for a processor meanwhile: its word is only
 *     as good as that
 */
public record Truth(long id, long dns, long ssl, long waited, long received, long doubt) {
  /** Did not happen. */
  public static final long ABSENT = -1;

  /** As one line. */
  public String toLine() {
    JsonObject json = new JsonObject();
    json.addProperty("id", id);
    json.addProperty("dns", dns);
    json.addProperty("ssl", ssl);
    json.addProperty("wait", waited);
    json.addProperty("receive", received);
    json.addProperty("doubt", doubt);
    return json.toString();
  }

  /** From {@link #toLine}. */
  static Truth parse(String line) {
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    return new Truth(
        json.get("id").getAsLong(),
        json.get("dns").getAsLong(),
        json.get("ssl").getAsLong(),
        json.get("wait").getAsLong(),
        json.get("receive").getAsLong(),
        json.get("doubt").getAsLong());
  }
}
