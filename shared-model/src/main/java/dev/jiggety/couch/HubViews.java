package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.lightcouch.HubClient;
import org.lightcouch.View;

/** The views of a database. Rows are handed over while they are read. Safe for any thread. */
public final class HubViews {
  /** Lists of numbers have room for so many at first. */
  private static final int FIRST_SIZE = 512;

  private final HubClient client;
  private final Requests requests;

  HubViews(HubClient client, Requests requests) {
    this.client = client;
    this.requests = requests;
  }

  /**
   * Hands over the documents behind the rows of a view, in the order of keys.
   *
   * @return how many; missing where there is no such view; after a failure in the middle some have
   *     been handed over
   */
  public Outcome<Integer> eachDocument(ViewRange range, Consumer<JsonObject> consumer) {
    View view =
        client
            .view(range.view())
            .startKey(range.lastFirst() ? range.to() : range.from())
            .endKey(range.lastFirst() ? range.from() : range.to())
            .descending(range.lastFirst())
            .reduce(false)
            .includeDocs(true);
    if (range.limit() > 0) {
      view.limit(range.limit());
    }
    return eachRow(
        view,
        row -> {
          if (row.get("doc") instanceof JsonObject document) {
            consumer.accept(document);
          }
        });
  }

  /**
   * Hands over the reductions of a view, one for each key, in the order of keys.
   *
   * @param view {@code design/view}
   * @param from the first key
   * @param to the last key
   * @return how many; after a failure in the middle some have been handed over
   */
  public Outcome<Integer> eachGroup(
      String view, JsonElement from, JsonElement to, Consumer<ViewGroup> consumer) {
    return eachRow(
        client.view(view).startKey(from).endKey(to).group(true),
        row -> consumer.accept(new ViewGroup(row.get("key"), row.get("value"))));
  }

  /**
   * Hands over the reductions of a view for the first parts of its keys, in the order of keys.
   *
   * @param view {@code design/view}
   * @param level how many parts of a key make a group, at least 1
   * @return how many; after a failure in the middle some have been handed over
   */
  public Outcome<Integer> eachGroup(
      String view, JsonElement from, JsonElement to, int level, Consumer<ViewGroup> consumer) {
    return eachRow(
        client.view(view).startKey(from).endKey(to).groupLevel(level),
        row -> consumer.accept(new ViewGroup(row.get("key"), row.get("value"))));
  }

  /**
   * Hands over sums of lists of whole numbers for the first parts of the keys of a view, in the
   * order of keys. Quicker than {@link #eachGroup} where lists are long.
   *
   * @param view {@code design/view}
   * @param level how many parts of a key make a group, at least 1
   * @return how many; after a failure in the middle some have been handed over
   */
  public Outcome<Integer> eachSum(
      String view, JsonElement from, JsonElement to, int level, Consumer<ViewSums> consumer) {
    return read(
        client.view(view).startKey(from).endKey(to).groupLevel(level),
        json -> consumer.accept(sums(json)));
  }

  /**
   * Hands over the rows of a view as its map made them, in the order of keys.
   *
   * @param view {@code design/view}
   * @return how many; after a failure in the middle some have been handed over
   */
  public Outcome<Integer> eachEntry(
      String view, JsonElement from, JsonElement to, Consumer<ViewGroup> consumer) {
    return eachRow(
        client.view(view).startKey(from).endKey(to).reduce(false),
        row -> consumer.accept(new ViewGroup(row.get("key"), row.get("value"))));
  }

  /** Asks for one row of a view, which builds its index; fine when that is done. */
  public Outcome<Integer> warm(String view) {
    return eachRow(client.view(view).reduce(false).limit(1), row -> {});
  }

  Outcome<Integer> eachRow(View view, Consumer<JsonObject> consumer) {
    return read(view, json -> consumer.accept(Json.asObject(Json.next(json))));
  }

  /** Reads a row from its beginning to its end. */
  private interface RowReader {
    void read(JsonReader json) throws IOException;
  }

  private Outcome<Integer> read(View view, RowReader reader) {
    return requests.attempt(() -> {
      try (InputStream in = view.queryForStream()) {
        return readRows(in, reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static int readRows(InputStream in, RowReader reader) throws IOException {
    JsonReader json = Json.reader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int count = 0;
    json.beginObject();
    while (json.hasNext()) {
      if (!json.nextName().equals("rows")) {
        json.skipValue();
        continue;
      }
      json.beginArray();
      while (json.hasNext()) {
        reader.read(json);
        count++;
      }
      json.endArray();
    }
    json.endObject();
    return count;
  }

  private static ViewSums sums(JsonReader json) throws IOException {
    JsonElement key = JsonNull.INSTANCE;
    long[] sums = new long[0];
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "key" -> key = Json.next(json);
        case "value" -> sums = numbers(json);
        case "reason" -> throw new JsonParseException("cannot be added up: " + json.nextString());
        default -> json.skipValue();
      }
    }
    json.endObject();
    return new ViewSums(key, sums);
  }

  private static long[] numbers(JsonReader json) throws IOException {
    long[] numbers = new long[FIRST_SIZE];
    int size = 0;
    try {
      json.beginArray();
      while (json.hasNext()) {
        if (size == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = json.nextLong();
      }
      json.endArray();
    } catch (NumberFormatException | IllegalStateException e) {
      throw new JsonParseException("is no list of whole numbers", e);
    }
    return Arrays.copyOf(numbers, size);
  }
}
