-- Money is in nano-dollars (10^-9 USD).

-- What is spent of a budget by one holder in one period. The key is a digest of these three.
create table switchboard_account (
	id uuid not null primary key,
	budget varchar not null,
	holder varchar not null,
	starts_at timestamp(6) with time zone not null,
	ends_at timestamp(6) with time zone,
	spent_nanos bigint not null,
	reserved_nanos bigint not null
);

-- None on what changes with each call.
create index switchboard_account_budget on switchboard_account (budget, ends_at);

-- What is held back until it is settled. A row is the leave to settle once: whoever removes it books. One whose time is
-- over is marked as given back and stays for a while, as its call may yet be settled.
create table switchboard_reservation (
	id uuid not null primary key,
	accounts varchar not null,
	amount_nanos bigint not null,
	expires_at timestamp(6) with time zone not null,
	given_back boolean not null
);

create index switchboard_reservation_expiry on switchboard_reservation (expires_at);
