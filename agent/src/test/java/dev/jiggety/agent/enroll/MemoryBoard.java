package dev.jiggety.agent.enroll;

import com.google.gson.JsonObject;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A hub in memory that can be cut: before a write, or after it and before its answer, so that who
 * writes does not know.
 */
final class MemoryBoard implements EnrolmentBoard {
  final Map<String, JsonObject> documents = new TreeMap<>();
  final Map<String, Account> accounts = new TreeMap<>();
  private int revisions;

  /** How many writes still go through; the one after is cut. */
  int writesLeft = Integer.MAX_VALUE;

  /** Whether the one that is cut has been done. */
  boolean cutAfter;

  int writes;

  /** As somebody else writes it. */
  void place(JsonObject document) {
    JsonObject copy = document.deepCopy();
    copy.addProperty("_rev", ++revisions + "-x");
    documents.put(copy.get("_id").getAsString(), copy);
  }

  private void write(Runnable what) {
    writes++;
    if (writesLeft == 0) {
      if (cutAfter) {
        what.run();
      }
      throw new HubException(HubException.Kind.UNAVAILABLE, "cut");
    }
    writesLeft--;
    what.run();
  }

  @Override
  public AutoCloseable follow(Consumer<String> ids, Consumer<String> lost) {
    return () -> {};
  }

  @Override
  public Map<String, JsonObject> read(Collection<String> ids) {
    Map<String, JsonObject> found = new HashMap<>();
    for (String id : ids) {
      JsonObject document = documents.get(id);
      if (document != null) {
        found.put(id, document.deepCopy());
      }
    }
    return found;
  }

  @Override
  public List<JsonObject> all(String prefix) {
    return documents.values().stream()
        .filter(it -> it.get("_id").getAsString().startsWith(prefix))
        .map(JsonObject::deepCopy)
        .toList();
  }

  @Override
  public boolean put(JsonObject document) {
    JsonObject standing = documents.get(document.get("_id").getAsString());
    String expected = standing == null ? "" : standing.get("_rev").getAsString();
    String said = document.has("_rev") ? document.get("_rev").getAsString() : "";
    if (!expected.equals(said)) {
      return false;
    }
    write(() -> place(document));
    return true;
  }

  @Override
  public void remove(JsonObject document) {
    write(() -> documents.remove(document.get("_id").getAsString()));
  }

  @Override
  public boolean make(Account account) {
    Account standing = accounts.get(account.name());
    if (standing != null) {
      return standing.invitation().equals(account.invitation());
    }
    write(() -> accounts.put(account.name(), account));
    return true;
  }

  @Override
  public void take(String name) {
    if (accounts.containsKey(name) && !accounts.get(name).invitation().isEmpty()) {
      write(() -> accounts.remove(name));
    }
  }

  @Override
  public List<Account> accounts() {
    return new ArrayList<>(
        accounts.values().stream().filter(it -> !it.invitation().isEmpty()).toList());
  }
}
