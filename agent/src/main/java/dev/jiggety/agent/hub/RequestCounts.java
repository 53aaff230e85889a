package dev.jiggety.agent.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by what they ask for and how they are answered. Safe for any thread. */
final class RequestCounts {
  private static final int STATUSES = 6;

  private final LongAdder[][] counts = new LongAdder[Kind.values().length][STATUSES];

  /** What a request asks for. */
  enum Kind {
    SERVER,
    DATABASE,
    DOCUMENT,
    BULK,
    CHANGES,
    VIEW,
    FIND,
    SESSION;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Of a path's decoded parts. */
    static Kind of(List<String> path) {
      if (path.isEmpty()) {
        return SERVER;
      }
      if (path.getFirst().startsWith("_") && !path.getFirst().equals("_users")) {
        return path.getFirst().equals("_session") ? SESSION : SERVER;
      }
      if (path.size() == 1) {
        return DATABASE;
      }
      return switch (path.get(1)) {
        case "_changes" -> CHANGES;
        case "_bulk_docs", "_bulk_get", "_revs_diff", "_missing_revs", "_all_docs" -> BULK;
        case "_find", "_explain", "_index" -> FIND;
        case "_design" -> path.size() > 3 && path.get(3).startsWith("_") ? VIEW : DOCUMENT;
        default -> path.get(1).startsWith("_") && path.size() == 2 ? DATABASE : DOCUMENT;
      };
    }
  }

  RequestCounts() {
    for (LongAdder[] row : counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] = new LongAdder();
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // a table by kind
  void count(List<String> path, int status) {
    counts[Kind.of(path).ordinal()][Math.clamp(status / 100, 0, STATUSES - 1)].increment();
  }

  /** Those that there were. */
  @SuppressWarnings("EnumOrdinal") // a table by kind
  List<HubStatus.Requests> read() {
    List<HubStatus.Requests> read = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 1; i < STATUSES; i++) {
        long count = counts[kind.ordinal()][i].sum();
        if (count > 0) {
          read.add(new HubStatus.Requests(kind.label(), i + "xx", count));
        }
      }
    }
    return read;
  }
}
