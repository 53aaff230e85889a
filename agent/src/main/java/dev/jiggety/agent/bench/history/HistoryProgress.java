package dev.jiggety.agent.bench.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How far a filling is, and what it counted, so that it can go on in another process. */
final class HistoryProgress {
  private final String prefix;
  private final Instant end;
  private final List<Long> exactNanos = new ArrayList<>();
  private Optional<Instant> filledTo = Optional.empty();
  private long packed;
  private long documents;
  private long packNanos;

  private HistoryProgress(String prefix, Instant end) {
    this.prefix = prefix;
    this.end = end;
  }

  /** One that is at its beginning. */
  static HistoryProgress begin() {
    return new HistoryProgress(
        "bench-" + UUID.randomUUID().toString().substring(0, 8) + "-",
        Instant.now().truncatedTo(ChronoUnit.HOURS));
  }

  /** The one in a file; at its beginning where there is none. */
  static HistoryProgress read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return begin();
    }
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    HistoryProgress progress =
        new HistoryProgress(
            json.get("prefix").getAsString(), Instant.parse(json.get("end").getAsString()));
    progress.filledTo = Optional.of(Instant.parse(json.get("filledTo").getAsString()));
    progress.packed = json.get("packed").getAsLong();
    progress.documents = json.get("documents").getAsLong();
    progress.packNanos = json.get("packNanos").getAsLong();
    for (JsonElement nanos : json.getAsJsonArray("exactNanos")) {
      progress.exactNanos.add(nanos.getAsLong());
    }
    return progress;
  }

  void write(Path file) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("prefix", prefix);
    json.addProperty("end", end.toString());
    json.addProperty("filledTo", filledTo.orElseThrow().toString());
    json.addProperty("packed", packed);
    json.addProperty("documents", documents);
    json.addProperty("packNanos", packNanos);
    JsonArray exact = new JsonArray();
    exactNanos.forEach(exact::add);
    json.add("exactNanos", exact);
    PrivateFiles.replace(file, json.toString());
  }

  /** What the names of the databases begin with. */
  String prefix() {
    return prefix;
  }

  /** Where history ends. */
  Instant end() {
    return end;
  }

  /** The first day that is not whole. */
  Optional<Instant> filledTo() {
    return filledTo;
  }

  void filled(Instant to) {
    filledTo = Optional.of(to);
  }

  void add(long morePacked, long moreDocuments, long moreNanos) {
    packed += morePacked;
    documents += moreDocuments;
    packNanos += moreNanos;
  }

  /** Keeps a time as it is. */
  void exact(long nanos) {
    exactNanos.add(nanos);
  }

  /** The nearest rank of the times that were kept. */
  double exactQuantile(double share) {
    List<Long> sorted = exactNanos.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** How many results lie in packs. */
  long packed() {
    return packed;
  }

  /** How many documents were written. */
  long documents() {
    return documents;
  }

  /** How long packing took, in ns of one thread. */
  long packNanos() {
    return packNanos;
  }
}
