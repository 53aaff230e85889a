package dev.jiggety.desktop.basket;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.model.rules.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The basket of a hub in a file of its own, that only its owner can read: tests can hold tokens. A
 * file that cannot be read is put aside and said so in the log, never overwritten. Safe for any
 * thread; reads and writes block.
 */
public final class BasketFile {
  private static final System.Logger LOG = System.getLogger(BasketFile.class.getName());
  private static final int NAME_DIGITS = 16;

  private final String hub;
  private final Path file;
  private @Nullable BasketState written;

  /**
   * The file of a hub.
   *
   * @param folder where baskets are kept; need not be there yet
   * @param hub the hub's address
   */
  public BasketFile(Path folder, String hub) {
    this.hub = hub;
    String name = Digests.content(hub).digest().substring(0, NAME_DIGITS);
    this.file = folder.resolve("basket-" + name + ".json");
  }

  /** What lay in the basket when it was last written. */
  public synchronized BasketState read() {
    try {
      return state(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException e) {
      return BasketState.EMPTY;
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      LOG.log(System.Logger.Level.WARNING, "the basket in " + file + " cannot be read: " + e);
      putAside();
      return BasketState.EMPTY;
    }
  }

  /**
   * Writes what lies in the basket when its turn has come: of two who are told to, neither knows
   * who is first, and the older state must not come last.
   */
  public synchronized void writeNewest(Supplier<BasketState> newest) {
    write(newest.get());
  }

  /** Writes in one step: there is never half a basket, not even where the power fails. */
  public synchronized void write(BasketState state) {
    if (state.equals(written)) {
      return;
    }
    try {
      PrivateFiles.replace(file, json(state) + "\n");
      written = state;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the basket cannot be written to " + file + ": " + e);
    }
  }

  private void putAside() {
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".broken"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be put aside: " + e);
    }
  }

  private JsonObject json(BasketState state) {
    JsonObject json = new JsonObject();
    json.addProperty("hub", hub);
    json.add("entries", write(state.entries()));
    JsonArray parcels = new JsonArray();
    for (Parcel parcel : state.parcels()) {
      JsonObject one = new JsonObject();
      one.addProperty("patch", parcel.patchId());
      one.addProperty("comment", parcel.comment());
      one.addProperty("since", parcel.since().toEpochMilli());
      one.addProperty("reason", parcel.reason());
      one.add("entries", write(parcel.entries()));
      parcels.add(one);
    }
    json.add("parcels", parcels);
    return json;
  }

  private static JsonArray write(List<BasketEntry> entries) {
    JsonArray array = new JsonArray();
    for (BasketEntry entry : entries) {
      JsonObject one = new JsonObject();
      one.addProperty("target", entry.target());
      one.addProperty("since", entry.since().toEpochMilli());
      if (entry.base() != null) {
        one.add("base", entry.base());
      }
      if (entry.wanted() != null) {
        one.add("wanted", entry.wanted());
      }
      array.add(one);
    }
    return array;
  }

  private static BasketState state(JsonObject json) {
    List<Parcel> parcels = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("parcels")) {
      JsonObject one = element.getAsJsonObject();
      parcels.add(
          new Parcel(
              one.get("patch").getAsString(),
              one.get("comment").getAsString(),
              Instant.ofEpochMilli(one.get("since").getAsLong()),
              entries(one),
              one.get("reason").getAsString()));
    }
    return new BasketState(entries(json), parcels);
  }

  private static List<BasketEntry> entries(JsonObject owner) {
    List<BasketEntry> entries = new ArrayList<>();
    for (JsonElement element : owner.getAsJsonArray("entries")) {
      JsonObject one = element.getAsJsonObject();
      entries.add(
          new BasketEntry(
              one.get("target").getAsString(),
              one.getAsJsonObject("base"),
              one.getAsJsonObject("wanted"),
              Instant.ofEpochMilli(one.get("since").getAsLong())));
    }
    return entries;
  }
}
