package dev.jiggety.desktop.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
  private final List<String> told = new ArrayList<>();
  private final List<Runnable> fx = new ArrayList<>();
  private final Tasks tasks = new Tasks(Runnable::run, fx::add);

  @Test
  void handlersRunOnTheFxThreadAlone() {
    tasks
        .create(() -> 7)
        .onSuccess(n -> told.add("got " + n))
        .onFinally(() -> told.add("end"))
        .start();
    assertThat(told).isEmpty();
    fx.forEach(Runnable::run);
    assertThat(told).containsExactly("got 7", "end");
  }

  @Test
  void theFirstHandlerThatFitsTakesAFailure() {
    tasks
        .create(() -> {
          throw new IllegalArgumentException("bad");
        })
        .onError(IllegalStateException.class, e -> told.add("state"))
        .onError(IllegalArgumentException.class, e -> told.add("argument"))
        .onError(RuntimeException.class, e -> told.add("any"))
        .onFinally(() -> told.add("end"))
        .start();
    fx.forEach(Runnable::run);
    assertThat(told).containsExactly("argument", "end");
  }

  @Test
  void nothingIsSwallowed() {
    tasks.onUnexpected(failure -> told.add("unexpected " + failure.getMessage()));
    tasks
        .create(() -> {
          throw new IllegalStateException("work");
        })
        .start();
    tasks
        .create(() -> 1)
        .onSuccess(n -> {
          throw new IllegalStateException("handler");
        })
        .onFinally(() -> told.add("end"))
        .start();
    tasks.post(() -> {
      throw new IllegalStateException("post");
    });
    fx.forEach(Runnable::run);
    assertThat(told)
        .containsExactly("unexpected work", "unexpected handler", "end", "unexpected post");
  }
}
