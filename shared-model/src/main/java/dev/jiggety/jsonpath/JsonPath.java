package dev.jiggety.jsonpath;

import com.google.gson.JsonElement;
import java.util.List;

/** A path into JSON, RFC 9535. Immutable. */
public final class JsonPath {
  /** Longer paths are refused, in characters. */
  public static final int LONGEST = 2_000;

  private final Query query;

  private JsonPath(Query query) {
    this.query = query;
  }

  /** Who asks says how much work there may be, by throwing when it is too much. */
  public interface Limits {
    /** One more node was looked at. */
    void step();

    /**
     * Whether a regular expression (RFC 9485, as Java understands it) matches.
     *
     * @param whole all of the text, else some part
     */
    boolean matches(String expression, String text, boolean whole);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with one line that says what is wrong and where
   */
  public static JsonPath parse(String text) {
    return new JsonPath(new PathParser(text).path());
  }

  /** All that it points at, in the order of the document. */
  public List<JsonElement> find(JsonElement document, Limits limits) {
    return new Finder(document, limits).find(query, document);
  }
}
