package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.model.AccessEvent.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes of accounts and of design documents, as they were and as they became. All other documents
 * cost it a look at their ids.
 */
final class AccessWatch {
  private final DocumentStore store;
  private final Map<Integer, DocumentWrite> watched = new HashMap<>();
  private final Map<String, JsonObject> before = new HashMap<>();

  private AccessWatch(DocumentStore store) {
    this.store = store;
  }

  /** Before they are written. */
  static AccessWatch of(DocumentStore store, List<DocumentWrite> writes) {
    var watch = new AccessWatch(store);
    var isAccounts = store.name().equals(UserDocuments.DATABASE);
    for (var i = 0; i < writes.size(); i++) {
      var write = writes.get(i);
      if (isAccounts || write.id().startsWith(DocumentIds.DESIGN)) {
        watch.watched.put(i, write);
        store
            .get(write.id())
            .filter(document -> !document.deleted())
            .map(StoredDocument::body)
            .ifPresent(body -> watch.before.put(write.id(), body));
      }
    }
    return watch;
  }

  /** Once they are written; the outcomes are in the order of the writes. */
  void tell(AccessLog log, UserContext user, List<WriteOutcome> outcomes) {
    watched.forEach((i, write) -> {
      if (outcomes.get(i) instanceof WriteOutcome.Stored(var id, var _, boolean changed)
          && changed) {
        if (id.startsWith(DocumentIds.DESIGN)) {
          var verb = write.deleted() ? "removed " : "wrote ";
          log.add(Kind.RULES, user, verb + id + " in " + store.name());
        } else if (id.startsWith(UserDocuments.PREFIX)) {
          var name = id.substring(UserDocuments.PREFIX.length());
          log.add(Kind.ACCOUNT, user, account(name, before.get(id), write));
        }
      }
    });
  }

  private static String account(String name, @Nullable JsonObject old, DocumentWrite write) {
    if (write.deleted()) {
      return "removed the account " + name;
    }
    var roles = roles(write.body());
    if (old == null) {
      return "made the account %s with %s".formatted(name, roles);
    }
    var changes = new ArrayList<String>();
    if (!roles.equals(roles(old))) {
      changes.add(roles(old) + " became " + roles);
    }
    if (!same(old, write.body(), "derived_key")) {
      changes.add("new password");
    }
    var what = changes.isEmpty() ? "nothing that concerns rights" : String.join(", ", changes);
    return "changed the account %s: %s".formatted(name, what);
  }

  private static boolean same(JsonObject old, JsonObject now, String member) {
    JsonElement before = old.get(member);
    return before == null ? !now.has(member) : before.equals(now.get(member));
  }

  private static String roles(JsonObject account) {
    var names = new TreeSet<String>();
    if (account.get("roles") instanceof JsonArray array) {
      array.forEach(role -> names.add(role.isJsonPrimitive() ? role.getAsString() : "?"));
    }
    return names.isEmpty() ? "no role" : "the roles " + String.join(" ", names);
  }
}
