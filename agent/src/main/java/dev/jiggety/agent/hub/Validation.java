package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.agent.store.WriteGuard;
import dev.jiggety.agent.store.WriteGuard.Refusal;
import dev.jiggety.agent.store.script.ScriptException;
import dev.jiggety.agent.store.script.Scripts.ValidateFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code validate_doc_update} functions of the design documents (CouchDB "Validate Document
 * Update Functions"), compiled once for each state of a database's design documents. Thread-safe.
 */
final class Validation {
  private static final int REMEMBERED = 256;
  private static final DocumentForm SHOWN =
      new DocumentForm(true, false, false, false, false, false);

  private final Rights rights;
  private final Compiler compiler;
  private final Map<String, Functions> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Functions> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Makes a function of its source. */
  @FunctionalInterface
  interface Compiler {
    ValidateFunction compile(String source, JsonObject design) throws ScriptException;
  }

  /** The function of one design document. */
  private record Named(String design, ValidateFunction function) {}

  /**
   * All functions of a database.
   *
   * @param version see {@link DocumentStore#designVersion}
   */
  private record Functions(long version, List<Named> functions) {}

  Validation(Rights rights, Compiler compiler) {
    this.rights = rights;
    this.compiler = compiler;
  }

  /** Asks the functions of this database, as they are at each write, on behalf of this user. */
  WriteGuard guard(UserContext user, DocumentStore store) {
    return new WriteGuard() {
      @Override
      public boolean active() {
        return !functions(store).isEmpty();
      }

      @Override
      public Optional<Refusal> check(DocumentWrite next, @Nullable StoredDocument previous) {
        return ask(user, store, next, previous);
      }
    };
  }

  private List<Named> functions(DocumentStore store) {
    // Before the documents are read: what is read then is of this version or later.
    var version = store.designVersion();
    var name = store.name();
    Functions now;
    synchronized (this) {
      now = known.get(name);
    }
    if (now == null || now.version != version) {
      now = new Functions(version, compileAll(store));
      synchronized (this) {
        known.put(name, now);
      }
    }
    return now.functions;
  }

  private List<Named> compileAll(DocumentStore store) {
    var functions = new ArrayList<Named>();
    try (var rows = store.allDocs(AllDocsQuery.range("_design/", "_design0").withDocs())) {
      while (rows.hasNext()) {
        var document = rows.next().document();
        if (document != null && document.body().has("validate_doc_update")) {
          functions.add(compile(document.id(), store.toJson(document, DocumentForm.PLAIN)));
        }
      }
    }
    return List.copyOf(functions);
  }

  private Named compile(String id, JsonObject design) {
    ScriptException fault;
    try {
      var language = design.get("language");
      if (language != null && !language.equals(new JsonPrimitive("javascript"))) {
        fault = cannotCompile("its language is " + language + ", not javascript");
      } else if (design.get("validate_doc_update") instanceof JsonPrimitive source
          && source.isString()) {
        return new Named(id, compiler.compile(source.getAsString(), design));
      } else {
        fault = cannotCompile("it must be a string");
      }
    } catch (ScriptException e) {
      fault = e;
    }
    var reason = fault;
    return new Named(
        id,
        (next, previous, user, security) -> {
          throw new ScriptException(reason.kind(), reason.reason());
        });
  }

  private static ScriptException cannotCompile(String reason) {
    return new ScriptException(ScriptException.Kind.COMPILATION, reason);
  }

  private Optional<Refusal> ask(
      UserContext user,
      DocumentStore store,
      DocumentWrite next,
      @Nullable StoredDocument previous) {
    var newDoc = json(next, previous);
    JsonElement oldDoc = previous == null ? JsonNull.INSTANCE : store.toJson(previous, SHOWN);
    var userCtx = new JsonObject();
    userCtx.addProperty("db", store.name());
    user.toJson().entrySet().forEach(member -> userCtx.add(member.getKey(), member.getValue()));
    var security = rights.security(store);
    for (var each : functions(store)) {
      try {
        each.function.validate(newDoc, oldDoc, userCtx, security);
      } catch (ScriptException e) {
        return Optional.of(refusal(each.design, e));
      }
    }
    return Optional.empty();
  }

  private static Refusal refusal(String design, ScriptException e) {
    var broken = "validate_doc_update of " + design + ": " + e.reason();
    return switch (e.kind()) {
      case FORBIDDEN -> new Refusal("forbidden", e.reason());
      case UNAUTHORIZED -> new Refusal("unauthorized", e.reason());
      case COMPILATION -> new Refusal("compilation_error", broken);
      case TIMEOUT, MEMORY -> new Refusal("os_process_error", broken);
      case RUNTIME -> new Refusal("unknown_error", broken);
    };
  }

  /** The document as CouchDB shows it to the function: before it has its new revision. */
  private static JsonObject json(DocumentWrite next, @Nullable StoredDocument previous) {
    var json = new JsonObject();
    json.addProperty("_id", next.id());
    var history = next.history();
    if (!history.isEmpty()) {
      json.addProperty("_rev", history.getFirst().toString());
    }
    if (next.deleted()) {
      json.addProperty("_deleted", true);
    }
    next.body().entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
    if (!next.attachments().isEmpty()) {
      json.add("_attachments", attachments(next, previous));
    }
    if (!history.isEmpty()) {
      var ids = new JsonArray();
      history.forEach(rev -> ids.add(rev.hash()));
      var revisions = new JsonObject();
      revisions.addProperty("start", history.getFirst().generation());
      revisions.add("ids", ids);
      json.add("_revisions", revisions);
    }
    return json;
  }

  private static JsonObject attachments(DocumentWrite next, @Nullable StoredDocument previous) {
    var json = new JsonObject();
    for (var attachment : next.attachments().values()) {
      var stub = new JsonObject();
      stub.addProperty("content_type", attachment.contentType());
      stub.addProperty("revpos", attachment.revpos());
      attachment.digest().ifPresent(digest -> stub.addProperty("digest", digest));
      attachment.content().ifPresent(bytes -> stub.addProperty("length", bytes.length()));
      stub.addProperty("stub", true);
      if (attachment.content().isEmpty() && previous != null) {
        previous.attachments().stream()
            .filter(kept -> kept.name().equals(attachment.name()))
            .forEach(kept -> {
              stub.addProperty("content_type", kept.contentType());
              stub.addProperty("revpos", kept.revpos());
              stub.addProperty("digest", kept.digest());
              stub.addProperty("length", kept.length());
            });
      }
      json.add(attachment.name(), stub);
    }
    return json;
  }
}
