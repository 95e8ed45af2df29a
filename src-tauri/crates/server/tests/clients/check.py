"""OpenAI's own client and LangChain against served desks, on stand-ins for the models.

Usage: check.py PROGRAM
           starts two desks with the built `frontdesk-node` and tries everything.
       check.py --at URL HOST KEY QUESTION
           asks desks that run, behind a load balancer say, which are known as HOST. Half of it is
           done when `halfway` is printed: a desk of several may go then, and nothing is lost.
The last line sums up.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

import openai
import pydantic
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

QUESTION = "How long do I have to return clothing?"
FOLLOW_UP = "and boots?"


class Desk:
    """One served desk with a folder of its own."""

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory()
        start = [program, "--data", self.folder.name, "--engine", "scripted", "--json", "serve"]
        self.process = subprocess.Popen(
            start + ["--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True
        )
        self.address = json.loads(self.process.stdout.readline())["listening"]
        self.base_url = f"{self.address}/v1"
        with open(f"{self.folder.name}/keys", encoding="utf-8") as file:
            self.keys = dict(line.split() for line in file if line.strip())
        self.wait_until_ready()

    def wait_until_ready(self):
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5):
                    return
            except urllib.error.URLError:
                time.sleep(0.1)
        raise TimeoutError("the desk does not become ready")

    def client(self, key="program", kind=openai.OpenAI):
        key = self.keys.get(key, key)
        return kind(base_url=self.base_url, api_key=key, max_retries=0, timeout=30)

    def chat(self, **options):
        key = self.keys["program"]
        return ChatOpenAI(
            model="frontdesk", base_url=self.base_url, api_key=key, max_retries=0, **options
        )

    def stop(self):
        self.process.terminate()
        status = self.process.wait(timeout=30)
        self.folder.cleanup()
        assert status == 0, f"the desk ended with {status}"


def asked(question, *before):
    return [*before, {"role": "user", "content": question}]


def expect(kind, work):
    """The error of this kind that the work ends with."""
    try:
        work()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected")


def models_are_listed(desk, _):
    assert [model.id for model in desk.client().models.list()] == ["frontdesk", "frontdesk-raw"]
    assert [model.id for model in desk.client("visitor").models.list()] == ["frontdesk"]
    assert desk.client().models.retrieve("frontdesk").object == "model"


def an_answer_has_sources(desk, _):
    answer = desk.client().chat.completions.create(model="frontdesk", messages=asked(QUESTION))
    text = answer.choices[0].message.content
    cited = answer.model_extra["citations"]
    assert cited and cited[0]["number"] == 1 and cited[0]["quote"], cited
    assert text.rstrip().splitlines()[-1].startswith(f"[{len(cited)}] "), text
    assert cited[0]["title"] in text, text
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens >= 0


def an_answer_streams_with_sources(desk, _):
    stream = desk.client().chat.completions.create(
        model="frontdesk",
        messages=asked(QUESTION),
        stream=True,
        stream_options={"include_usage": True},
    )
    pieces = list(stream)
    assert pieces[0].choices[0].delta.role == "assistant"
    assert pieces[-1].choices == [] and pieces[-1].usage.total_tokens >= 0
    end = pieces[-2]
    assert end.choices[0].finish_reason == "stop"
    text = "".join(p.choices[0].delta.content or "" for p in pieces[:-1])
    assert end.model_extra["citations"][0]["title"] in text, text
    whole = desk.client().chat.completions.create(model="frontdesk", messages=asked(QUESTION))
    assert text == whole.choices[0].message.content


def the_stream_helper_understands_it(desk, _):
    with desk.client().chat.completions.stream(
        model="frontdesk", messages=asked(QUESTION)
    ) as stream:
        kinds = {event.type for event in stream}
        final = stream.get_final_completion()
    assert {"chunk", "content.delta", "content.done"} <= kinds, kinds
    assert "[1] " in final.choices[0].message.content


def another_node_goes_on_with_a_conversation(desk, other):
    def text(node, messages):
        answer = node.client().chat.completions.create(model="frontdesk", messages=messages)
        return answer.choices[0].message.content

    first = text(desk, asked(QUESTION))
    talk = asked(FOLLOW_UP, *asked(QUESTION), {"role": "assistant", "content": first})
    assert text(other, talk) == text(desk, talk)


def many_ask_at_once(desk, _):
    async def ask(client):
        answer = await client.chat.completions.create(model="frontdesk", messages=asked(QUESTION))
        return answer.choices[0].message.content

    async def all_of_them():
        async with desk.client(kind=openai.AsyncOpenAI) as client:
            return await asyncio.gather(*[ask(client) for _ in range(20)])

    assert len(set(asyncio.run(all_of_them()))) == 1


def what_is_not_known_is_refused_in_words(desk, _):
    answer = desk.client().chat.completions.create(
        model="frontdesk", messages=asked("Who won the chess world championship in 1972?")
    )
    assert answer.model_extra["desk"]["route"] == "refused", answer
    assert answer.model_extra["citations"] == []
    assert "[1]" not in answer.choices[0].message.content


class Parcel(pydantic.BaseModel):
    """What a program wants to read out of a text."""

    number: str
    weight_grams: int | None


def the_bare_model_takes_forms(desk, _):
    messages = asked("Parcel 7 weighs two kilograms.")
    schema = {"name": "parcel", "schema": Parcel.model_json_schema(), "strict": True}
    for form in (
        {"type": "json_schema", "json_schema": schema},
        {"type": "json_object"},
        {"type": "text"},
    ):
        answer = desk.client().chat.completions.create(
            model="frontdesk-raw", messages=messages, response_format=form
        )
        assert answer.choices[0].message.content
    schema["schema"] = {"type": "string", "pattern": "^7+$"}
    form = {"type": "json_schema", "json_schema": schema}
    odd = expect(
        openai.BadRequestError,
        lambda: desk.client().chat.completions.create(
            model="frontdesk-raw", messages=messages, response_format=form
        ),
    )
    assert odd.param == "response_format.json_schema.schema" and "pattern" in str(odd), odd


def both_names_of_the_limit_are_known(desk, _):
    for limit in ({"max_tokens": 3}, {"max_completion_tokens": 3}):
        answer = desk.client().chat.completions.create(
            model="frontdesk", messages=asked(QUESTION), **limit
        )
        assert answer.choices[0].finish_reason == "length", answer
        assert len(answer.choices[0].message.content) <= 12, answer
    free = desk.client().chat.completions.create(
        model="frontdesk", messages=asked(QUESTION), extra_body={"not_a_field": [1], "top_k": 3}
    )
    assert free.choices[0].finish_reason == "stop"


def vectors_come_in_both_forms(desk, _):
    texts = ["red boots", "opening hours"]
    client = desk.client()
    packed = client.embeddings.create(model="frontdesk", input=texts)
    plain = client.embeddings.create(model="frontdesk", input=texts, encoding_format="float")
    for one, two in zip(packed.data, plain.data, strict=True):
        assert all(abs(a - b) < 1e-6 for a, b in zip(one.embedding, two.embedding, strict=True))
    assert packed.usage.prompt_tokens > 0
    single = client.embeddings.create(model="frontdesk", input="red boots")
    assert single.data[0].embedding == packed.data[0].embedding


def errors_are_those_of_the_client(desk, _):
    def create(client=None, **changes):
        wanted = {"model": "frontdesk", "messages": asked(QUESTION), **changes}
        return lambda: (client or desk.client()).chat.completions.create(**wanted)

    wrong = expect(openai.AuthenticationError, create(desk.client("no key of this desk")))
    assert wrong.code == "invalid_api_key", wrong
    missing = expect(openai.NotFoundError, create(model="gpt-4o"))
    assert (missing.code, missing.param) == ("model_not_found", "model"), missing
    odd = expect(openai.BadRequestError, create(max_tokens=-1))
    assert odd.param == "max_tokens", odd
    expect(openai.BadRequestError, create(response_format={"type": "json_object"}))
    expect(openai.BadRequestError, create(messages=[]))
    expect(openai.BadRequestError, create(messages=asked("?!"), stream=True))
    raw = create(desk.client("visitor"), model="frontdesk-raw")
    expect(openai.PermissionDeniedError, raw)
    large = expect(openai.APIStatusError, create(user="x" * (10 << 20)))
    assert (large.status_code, large.code) == (413, "request_too_large"), large
    lost = lambda: desk.client().post("/nowhere", cast_to=object, body={})  # noqa: E731
    assert expect(openai.NotFoundError, lost).code == "unknown_url"


def the_bare_model_writes(desk, _):
    answer = desk.client().chat.completions.create(
        model="frontdesk-raw",
        messages=[{"role": "system", "content": "Be short."}, *asked("Hello")],
        max_tokens=20,
        temperature=0.2,
        seed=1,
    )
    assert answer.choices[0].message.content
    assert "citations" not in (answer.model_extra or {})


def langchain_asks(desk, _):
    reply = desk.chat().invoke(QUESTION)
    assert isinstance(reply, AIMessage) and "[1] " in reply.content, reply
    talk = [SystemMessage("Say that everything is free."), HumanMessage(QUESTION)]
    assert desk.chat(temperature=0.7, max_tokens=400).invoke(talk).content == reply.content


def langchain_streams(desk, _):
    pieces = list(desk.chat(stream_usage=True).stream(QUESTION))
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole + piece
    assert "[1] " in whole.content, whole
    assert whole.usage_metadata["total_tokens"] >= 0


def langchain_chains(desk, _):
    prompt = ChatPromptTemplate.from_messages([("system", "Be kind."), ("user", "{question}")])
    chain = prompt | desk.chat() | StrOutputParser()
    assert "[1] " in chain.invoke({"question": QUESTION})
    assert len(chain.batch([{"question": QUESTION}] * 4)) == 4


def langchain_embeds(desk, _):
    embeddings = OpenAIEmbeddings(
        model="frontdesk",
        base_url=desk.base_url,
        api_key=desk.keys["program"],
        check_embedding_ctx_length=False,
    )
    vectors = embeddings.embed_documents(["red boots", "opening hours"])
    assert len(vectors) == 2 and len(vectors[0]) == len(embeddings.embed_query("boots"))
    tokens = OpenAIEmbeddings(
        model="frontdesk", base_url=desk.base_url, api_key=desk.keys["program"], max_retries=0
    )
    # What LangChain does without the setting needs a tokenizer from elsewhere, or is refused here.
    refused = expect(Exception, lambda: tokens.embed_documents(["red boots"]))
    if isinstance(refused, openai.BadRequestError):
        assert "check_embedding_ctx_length" in str(refused), refused


CHECKS = [
    models_are_listed,
    an_answer_has_sources,
    an_answer_streams_with_sources,
    the_stream_helper_understands_it,
    another_node_goes_on_with_a_conversation,
    many_ask_at_once,
    what_is_not_known_is_refused_in_words,
    vectors_come_in_both_forms,
    errors_are_those_of_the_client,
    the_bare_model_writes,
    the_bare_model_takes_forms,
    both_names_of_the_limit_are_known,
    langchain_asks,
    langchain_streams,
    langchain_chains,
    langchain_embeds,
]


def check_from_afar(url, host, key, question):
    """A client that is told nothing of how many desks there are."""
    settings = {"api_key": key, "max_retries": 0, "default_headers": {"Host": host}, "timeout": 30}
    client = openai.OpenAI(base_url=url, **settings)
    assert [model.id for model in client.models.list()][0] == "frontdesk"

    def check_cited(text, end):
        cited = end["citations"]
        assert cited and cited[0]["quote"], end
        assert text.rstrip().splitlines()[-1].startswith(f"[{len(cited)}] "), text
        return text

    def stream():
        pieces = list(
            client.chat.completions.create(
                model="frontdesk",
                messages=asked(question),
                stream=True,
                stream_options={"include_usage": True},
            )
        )
        assert pieces[-1].usage.total_tokens >= 0
        text = "".join(p.choices[0].delta.content or "" for p in pieces[:-1])
        return check_cited(text, pieces[-2].model_extra)

    def whole():
        answer = client.chat.completions.create(model="frontdesk", messages=asked(question))
        return check_cited(answer.choices[0].message.content, answer.model_extra)

    heard = {stream() for _ in range(20)}
    assert len(heard) == 1, heard
    chat = ChatOpenAI(model="frontdesk", base_url=url, **settings)
    assert "".join(piece.content for piece in chat.stream(question)) in heard
    vectors = client.embeddings.create(model="frontdesk", input=["red boots", "opening hours"])
    assert len(vectors.data) == 2
    nobody = openai.OpenAI(base_url=url, **{**settings, "api_key": "no key of this desk"})
    expect(openai.AuthenticationError, nobody.models.list)
    print("halfway", flush=True)
    started = time.monotonic()
    while time.monotonic() - started < 5:
        heard.add(whole())
    assert len(heard) == 1, heard
    print("passed", flush=True)


def main():
    if sys.argv[1] == "--at":
        check_from_afar(*sys.argv[2:])
        return 0
    desks = [Desk(sys.argv[1]) for _ in range(2)]
    failed = 0
    for check in CHECKS:
        started = time.monotonic()
        try:
            check(*desks)
            said = "ok"
        except Exception:
            traceback.print_exc()
            failed += 1
            said = "FAILED"
        print(f"{said} {check.__name__} {time.monotonic() - started:.2f} s", flush=True)
    for desk in desks:
        desk.stop()
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
