package dev.jiggety.agent.secret;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.model.Member;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far each member was when this manager saw it last, in a file of its own: what was signed
 * before somebody was sent away stays signed, and whoever rules the hub could put it back. For one
 * thread.
 */
final class SeenMembers {
  private static final Logger LOG = System.getLogger(SeenMembers.class.getName());
  private static final int SCHEMA = 1;

  private final Path file;
  private final Map<String, Seen> seen;

  /**
   * What was seen.
   *
   * @param since of the standing, in milliseconds since 1970
   */
  private record Seen(long since, Member.Standing standing) {
    static Seen of(Member member) {
      return new Seen(member.since().toEpochMilli(), member.standing());
    }

    boolean isBefore(Seen other) {
      return since < other.since
          || (since == other.since && standing.compareTo(other.standing) < 0);
    }
  }

  private SeenMembers(Path file, Map<String, Seen> seen) {
    this.file = file;
    this.seen = seen;
  }

  /**
   * What a manager has seen.
   *
   * @throws IllegalArgumentException when the file is damaged: whom to believe is for people to say
   */
  static SeenMembers open(Path file) {
    Map<String, Seen> seen = new TreeMap<>();
    try {
      if (Files.exists(file)) {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        for (Map.Entry<String, JsonElement> one : json.getAsJsonObject("members").entrySet()) {
          JsonObject member = one.getValue().getAsJsonObject();
          seen.put(
              one.getKey(),
              new Seen(
                  member.get("since").getAsLong(),
                  Member.Standing.valueOf(member.get("standing").getAsString())));
        }
      }
      return new SeenMembers(file, seen);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "which nodes were sent away cannot be read from "
              + file
              + "; bring it back from a backup, or move it away when jiggety enroll list is right",
          e);
    }
  }

  /** Those that are not older than what was seen; of the others it says a line each. */
  List<Member> newest(List<Member> members, List<String> older) {
    boolean isNew = false;
    List<Member> newest = new ArrayList<>();
    for (Member member : members) {
      Seen now = Seen.of(member);
      Seen before = seen.get(member.name());
      if (before != null && now.isBefore(before)) {
        older.add(
            "member:%s is older than what this manager has seen of it (%s): the hub was put back, or somebody did that; see jiggety enroll list, and dismiss it again"
                .formatted(member.name(), before.standing().label()));
        continue;
      }
      newest.add(member);
      isNew |= !now.equals(seen.put(member.name(), now));
    }
    if (isNew) {
      keep();
    }
    return List.copyOf(newest);
  }

  private void keep() {
    JsonObject members = new JsonObject();
    seen.forEach((name, it) -> {
      JsonObject member = new JsonObject();
      member.addProperty("since", it.since());
      member.addProperty("standing", it.standing().name());
      members.add(name, member);
    });
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.add("members", members);
    try {
      PrivateFiles.replace(file, json + "\n");
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be written: {1}", file, e.toString());
    }
  }
}
