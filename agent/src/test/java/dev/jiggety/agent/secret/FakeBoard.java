package dev.jiggety.agent.secret;

import com.google.gson.JsonObject;
import dev.jiggety.document.Ids;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.repository.HubException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A hub in memory, whose writes can be made to fail. */
final class FakeBoard implements SecretBoard {
  final SortedMap<String, JsonObject> config = new TreeMap<>();
  final SortedMap<String, JsonObject> members = new TreeMap<>();
  final SortedMap<String, JsonObject> deposits = new TreeMap<>();
  final Map<String, CommandAnswer> answers = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  int failAfter = Integer.MAX_VALUE;

  @Override
  public AutoCloseable follow(Runnable changed, Lost lost) {
    return () -> {};
  }

  @Override
  public boolean isComplete() {
    return true;
  }

  @Override
  public View view() {
    return new View(new TreeMap<>(config), new TreeMap<>(members), new TreeMap<>(deposits));
  }

  @Override
  public void put(JsonObject document) {
    write(document.get("_id").getAsString());
    config.put(document.get("_id").getAsString(), document);
  }

  @Override
  public void remove(String id) {
    write("-" + id);
    config.remove(id);
  }

  @Override
  public boolean isAnswered(String depositId) {
    return answers.containsKey(depositId);
  }

  @Override
  public void answer(CommandAnswer answer) {
    write("answer");
    answers.putIfAbsent(answer.command(), answer);
    deposits.remove(Ids.deposit(answer.command()));
  }

  private void write(String what) {
    if (failAfter-- <= 0) {
      throw new HubException(HubException.Kind.UNAVAILABLE, "the hub is away");
    }
    writes.add(what);
  }
}
