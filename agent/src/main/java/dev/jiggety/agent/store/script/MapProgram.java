package dev.jiggety.agent.store.script;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** Map functions at work. */
final class MapProgram implements Scripts.MapFunctions {
  private static final System.Logger LOG = System.getLogger(MapProgram.class.getName());

  private final Program program;
  private final int functions;
  private final AtomicIntegerArray failures;

  private record Row(int document, int function, JsonElement key, JsonElement value) {}

  /** How far a batch has come: belongs to the thread that runs it until it is given up. */
  private static final class Progress {
    private final List<Row> rows = new ArrayList<>();
    private int next;
    private boolean over;

    Progress(int next) {
      this.next = next;
    }

    synchronized boolean done(List<Row> more) {
      if (!over) {
        rows.addAll(more);
        next++;
      }
      return !over;
    }

    synchronized void giveUp() {
      over = true;
    }
  }

  MapProgram(Program program, int functions) {
    this.program = program;
    this.functions = functions;
    this.failures = new AtomicIntegerArray(functions);
  }

  @Override
  public void map(List<String> documents, Scripts.Emitter emitter) {
    var end = documents.size() * functions;
    var next = 0;
    while (next < end) {
      var progress = new Progress(next);
      try {
        program.run((context, world) -> run(context, world, documents, progress));
      } catch (ScriptException e) {
        progress.giveUp();
        if (progress.next == next) {
          fail(next % functions, e);
          progress.next++;
        }
      }
      for (var row : progress.rows) {
        emitter.emit(row.document(), row.function(), row.key(), row.value());
      }
      next = progress.next;
    }
  }

  /** Works until the end, or until a function has broken its world. */
  private boolean run(
      Engine.Metered context, World world, List<String> documents, Progress progress) {
    var end = documents.size() * functions;
    var read = -1;
    Object document = null;
    while (progress.next < end) {
      var index = progress.next / functions;
      var function = progress.next % functions;
      var text = documents.get(index);
      List<Row> rows = List.of();
      try {
        if (read != index) {
          document = world.in().document(text, true);
          read = index;
        }
        rows = run(context, world, index, function, document, text.length());
      } catch (ScriptException e) {
        fail(function, e);
      }
      if (!progress.done(rows) || world.broken()) {
        return false;
      }
    }
    return true;
  }

  private static List<Row> run(
      Engine.Metered context,
      World world,
      int index,
      int function,
      @Nullable Object document,
      int length)
      throws ScriptException {
    world.takeEmitted();
    return world.metered(
        context,
        length * 16L,
        () -> {
          world.call(context, function, null, document);
          var emitted = world.takeEmitted();
          var rows = new ArrayList<Row>(emitted.size());
          for (var pair : emitted) {
            rows.add(
                new Row(
                    index, function, world.json(context, pair[0]), world.json(context, pair[1])));
          }
          return rows;
        });
  }

  private void fail(int function, ScriptException e) {
    if (failures.getAndSet(function, 1) == 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Map function {0} of {1} failed on a document, which has no rows of it: {2}",
          function + 1,
          functions,
          e.reason());
    }
  }
}
