package dev.jiggety.desktop.testing;

import dev.jiggety.model.TrialAnswer;
import dev.jiggety.model.TrialRequest;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.TrialRepository;
import dev.jiggety.signing.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Requests to try a test, and answers as a test gives them. Thread-safe. */
public final class FakeTrials implements TrialRepository {
  private final FakeHub hub;
  private final List<TrialRequest> asked = new ArrayList<>();
  private final List<TrialAnswer> answers = new ArrayList<>();
  private final Map<String, List<Listener>> listeners = new TreeMap<>();
  private final Map<String, byte[]> pictures = new TreeMap<>();

  FakeTrials(FakeHub hub) {
    this.hub = hub;
  }

  /** What was asked, oldest first. */
  public synchronized List<TrialRequest> asked() {
    return List.copyOf(asked);
  }

  /** How many follow answers: what was opened and not closed. */
  public synchronized int followers() {
    return listeners.values().stream().mapToInt(List::size).sum();
  }

  /** A picture in some answer. */
  public synchronized void picture(String name, byte[] bytes) {
    pictures.put(name, bytes);
  }

  @Override
  public synchronized void ask(TrialRequest request, SigningKey key) {
    hub.refuseWhenAway();
    asked.add(request);
  }

  @Override
  public synchronized List<TrialAnswer> answers(String requestId) {
    hub.refuseWhenAway();
    return answers.stream().filter(answer -> answer.request().equals(requestId)).toList();
  }

  @Override
  public synchronized HubFeed.Subscription follow(String requestId, Listener listener) {
    listeners.computeIfAbsent(requestId, _ -> new ArrayList<>()).add(listener);
    listener.connection(
        hub.isAway()
            ? new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused")
            : new HubFeed.Connection.Connected());
    return () -> {
      synchronized (this) {
        listeners.getOrDefault(requestId, List.of()).remove(listener);
      }
    };
  }

  @Override
  public synchronized Optional<byte[]> picture(String requestId, String node, String name) {
    hub.refuseWhenAway();
    return Optional.ofNullable(pictures.get(name));
  }

  @Override
  public synchronized void answer(TrialAnswer answer) {
    answers.add(answer);
    if (!hub.isAway()) {
      List.copyOf(listeners.getOrDefault(answer.request(), List.of()))
          .forEach(listener -> listener.answer(answer));
    }
  }

  synchronized void away() {
    tell(listener ->
        listener.connection(
            new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused")));
  }

  synchronized void back() {
    tell(listener -> listener.connection(new HubFeed.Connection.Connected()));
    answers.forEach(answer ->
        List.copyOf(listeners.getOrDefault(answer.request(), List.of()))
            .forEach(listener -> listener.answer(answer)));
  }

  private void tell(Consumer<Listener> word) {
    listeners.values().forEach(some -> List.copyOf(some).forEach(word));
  }
}
