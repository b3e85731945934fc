-- What is set at run time in place of the configuration: routes, budgets, limits. Properties are a JSON object.

-- One row. Its lock lets changes happen one after another; its version tells readers whether there is anything new.
create table switchboard_setting_version (
	id integer not null primary key,
	version bigint not null
);

insert into switchboard_setting_version (id, version) values (1, 0);

create table switchboard_setting (
	kind varchar(16) not null,
	name varchar(128) not null,
	properties varchar not null,
	changed_at timestamp(6) with time zone not null,
	primary key (kind, name)
);

-- The audit is no longer that of keys alone.
alter table switchboard_key_audit rename to switchboard_audit;

alter index switchboard_key_audit_name rename to switchboard_audit_name;
