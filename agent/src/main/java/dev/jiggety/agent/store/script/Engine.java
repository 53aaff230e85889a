package dev.jiggety.agent.store.script;

import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;

/**
 * Rhino, set up so that functions can be stopped and see nothing of Java. Interpreted, not compiled
 * to byte code: compiled code runs a script's {@code finally} on any error, so a function could
 * hold up its own end for ever, and recursion ends only with the stack.
 */
final class Engine extends ContextFactory {
  /**
   * Instructions between two looks at the meter: one call of a built-in function, or a microsecond.
   */
  private static final int OBSERVED = 100;

  /** Calls within calls; a browser has about as many. */
  private static final int DEPTH = 10_000;

  /** A context, which belongs to a thread, and the meter of what runs in it. */
  static final class Metered extends Context {
    private @Nullable Meter meter;

    private Metered(ContextFactory factory) {
      super(factory);
    }

    void setMeter(Meter meter) {
      this.meter = meter;
    }

    Meter meter() {
      var current = meter;
      if (current == null) {
        throw new IllegalStateException("No meter");
      }
      return current;
    }

    @Override
    protected void observeInstructionCount(int count) {
      meter().check();
    }
  }

  /** Enters a context on this thread; to be closed on it. */
  Metered enter(Meter meter) {
    var context = (Metered) enterContext();
    context.setMeter(meter);
    return context;
  }

  @Override
  protected Context makeContext() {
    var context = new Metered(this);
    context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    context.setInterpretedMode(true);
    context.setMaximumInterpreterStackDepth(DEPTH);
    context.setInstructionObserverThreshold(OBSERVED);
    context.setClassShutter(name -> false);
    return context;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_E4X,
          Context.FEATURE_ENHANCED_JAVA_ACCESS,
          Context.FEATURE_ENABLE_JAVA_MAP_ACCESS,
          Context.FEATURE_JAVA_SERIALIZATION,
          Context.FEATURE_DYNAMIC_SCOPE,
          Context.FEATURE_PARENT_PROTO_PROPERTIES ->
          false;
      default -> super.hasFeature(context, feature);
    };
  }
}
