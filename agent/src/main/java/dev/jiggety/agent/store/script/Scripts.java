package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox. Functions run on a few threads of its own; every call waits for its answer, from any
 * thread, virtual ones too. What it returns is thread-safe and is to be closed with the sandbox.
 */
public final class Scripts implements AutoCloseable {

  /**
   * What one call may use.
   *
   * @param time of one call of one function
   * @param bytes that it may allocate
   * @param threads that run functions at the same time
   */
  public record Limits(Duration time, long bytes, int threads) {
    /** CouchDB's five seconds; 64 MiB; two threads. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 64L << 20, 2);
  }

  /** The map functions of a design document. */
  public interface MapFunctions {
    /**
     * Runs every function on every document. A function that fails on a document emits nothing for
     * it (what it emitted before it failed included), and the others go on; it is logged once.
     *
     * @param documents as JSON text, with {@code _id} and {@code _rev}
     */
    void map(List<String> documents, Emitter emitter);
  }

  /** Takes what map functions emit; called on the caller's thread. */
  @FunctionalInterface
  public interface Emitter {
    /**
     * One row.
     *
     * @param document index of the document in the list
     * @param function index of the map function
     */
    void emit(int document, int function, JsonElement key, JsonElement value);
  }

  /** A reduce function. */
  public interface ReduceFunction {
    /**
     * Reduces rows.
     *
     * @param keys each {@code [key, document id]}
     */
    JsonElement reduce(List<JsonElement> keys, List<JsonElement> values) throws ScriptException;

    /** Reduces reductions. */
    JsonElement rereduce(List<JsonElement> reductions) throws ScriptException;
  }

  /** A {@code validate_doc_update} function. */
  @FunctionalInterface
  public interface ValidateFunction {
    /**
     * Returns where the document may be written.
     *
     * @param previous JSON null for a new document
     * @throws ScriptException FORBIDDEN or UNAUTHORIZED, where it may not; others where the
     *     function itself is at fault
     */
    void validate(JsonObject next, JsonElement previous, JsonObject user, JsonObject security)
        throws ScriptException;
  }

  /** A filter function, or a map function used as one ({@code filter=_view}). */
  @FunctionalInterface
  public interface FilterFunction {
    /**
     * For each document whether it passes.
     *
     * @param documents as JSON text
     * @param request CouchDB's request object
     */
    List<Boolean> filter(List<String> documents, JsonObject request) throws ScriptException;
  }

  /** A function of {@code shows}, {@code lists} or {@code updates}. */
  public interface RenderFunction {
    /**
     * As a show function.
     *
     * @param document JSON null for none
     * @param request CouchDB's request object
     * @return CouchDB's response object, what was sent bit by bit in its {@code body}
     * @throws ScriptException FORBIDDEN or UNAUTHORIZED too, where the function says so
     */
    JsonObject show(JsonElement document, JsonObject request) throws ScriptException;

    /**
     * As a list function, which has the time and memory of one call for all rows.
     *
     * @param rows asked on a thread of the sandbox, so they must not need a function themselves
     */
    JsonObject list(JsonObject head, JsonObject request, Iterator<JsonObject> rows)
        throws ScriptException;

    /** As an update function. */
    Updated update(JsonElement document, JsonObject request) throws ScriptException;
  }

  /**
   * What an update function wants.
   *
   * @param document to be stored; null for none
   */
  public record Updated(@Nullable JsonObject document, JsonObject response) {}

  private final Limits limits;
  private @Nullable Sandbox sandbox;
  private boolean closed;

  private Scripts(Limits limits) {
    this.limits = limits;
  }

  /** A sandbox; it has no thread and loads nothing before a function comes. */
  public static Scripts open(Limits limits) {
    return new Scripts(limits);
  }

  /** The threads, begun when the first function comes. */
  private synchronized Sandbox sandbox() {
    if (closed) {
      throw new IllegalStateException("The sandbox is closed");
    }
    var running = sandbox;
    if (running == null) {
      running = new Sandbox(limits);
      sandbox = running;
    }
    return running;
  }

  /**
   * Compiles map functions that run on the same documents.
   *
   * @param lib the design document's {@code views.lib}, for {@code require}; may be empty
   */
  public MapFunctions maps(List<String> sources, JsonObject lib) throws ScriptException {
    var program = Program.compile(sandbox(), sources, views(lib));
    return new MapProgram(program, sources.size());
  }

  /** Compiles a reduce function. */
  public ReduceFunction reduce(String source) throws ScriptException {
    var function = compile(source, new JsonObject());
    return new ReduceFunction() {
      @Override
      public JsonElement reduce(List<JsonElement> keys, List<JsonElement> values)
          throws ScriptException {
        return function.reduce(keys, values);
      }

      @Override
      public JsonElement rereduce(List<JsonElement> reductions) throws ScriptException {
        return function.reduce(null, reductions);
      }
    };
  }

  /**
   * Compiles a {@code validate_doc_update} function.
   *
   * @param design the whole design document, for {@code require} and as {@code this}
   */
  public ValidateFunction validate(String source, JsonObject design) throws ScriptException {
    return compile(source, design)::validate;
  }

  /** Compiles a filter function. */
  public FilterFunction filter(String source, JsonObject design) throws ScriptException {
    return compile(source, design)::filter;
  }

  /** Compiles a function that makes answers. */
  public RenderFunction render(String source, JsonObject design) throws ScriptException {
    return compile(source, design);
  }

  /** Compiles a map function as a filter: a document passes for which it emits anything. */
  public FilterFunction viewFilter(String source, JsonObject lib) throws ScriptException {
    var function = compile(source, views(lib));
    return (documents, request) -> function.filterByEmit(documents);
  }

  private DesignFunction compile(String source, JsonObject design) throws ScriptException {
    return new DesignFunction(Program.compile(sandbox(), List.of(source), design), design);
  }

  private static JsonObject views(JsonObject lib) {
    var views = new JsonObject();
    views.add("lib", lib);
    var root = new JsonObject();
    root.add("views", views);
    return root;
  }

  /** Stops what runs; who waits for it gets an exception. */
  @Override
  public synchronized void close() {
    closed = true;
    var running = sandbox;
    if (running != null) {
      running.close();
    }
  }
}
