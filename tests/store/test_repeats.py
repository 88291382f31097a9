"""A request with a key is carried out once, however often and however concurrently it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from screening.store import repeats
from screening.store.database import Database
from screening.store.refusals import ConflictError
from screening.store.repeats import Answer, Asked
from screening.store.schema import AUDIT
from screening.store.seals import new_salt
from screening.store.transaction import Writing
from tests.databases import SteppingClock
from tests.store.records import rows_of

ASKED = Asked("key/orders", "order-17", "0" * 64)


def send(database: Database, asked: Asked = ASKED) -> Answer:
    def work(tx: Writing) -> Answer:
        if (answer := repeats.claim(tx, asked)) is not None:
            return answer
        tx.log("work", asked.principal, "work")
        answer = Answer(200, new_salt())
        repeats.keep(tx, asked, answer)
        return answer

    return database.write(work)


def carried_out(database: Database) -> int:
    return len(rows_of(database, AUDIT))


def test_the_second_gets_the_answer_of_the_first(database: Database) -> None:
    first = send(database)
    assert (send(database), send(database), carried_out(database)) == (first, first, 1)
    with database.reading() as tx:
        assert repeats.answered(tx, ASKED) == first


def test_a_key_of_another_request_is_refused(database: Database) -> None:
    send(database)
    with pytest.raises(ConflictError, match="another request's"):
        send(database, replace(ASKED, request="1" * 64))


def test_keys_of_other_principals_are_others(database: Database) -> None:
    send(database)
    send(database, replace(ASKED, principal="key/other"))
    assert carried_out(database) == 2


def test_of_requests_at_once_one_is_carried_out(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: send(database), range(24)))
    assert (len(answers), carried_out(database)) == (1, 1)


def test_work_that_fails_leaves_its_key_free(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as tx:
        repeats.claim(tx, ASKED)
        raise RuntimeError
    send(database)
    assert carried_out(database) == 1


def test_a_key_is_forgotten_after_a_day(database: Database, clock: SteppingClock) -> None:
    send(database)
    clock.now += timedelta(hours=25)
    send(database)
    assert carried_out(database) == 2
